import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A telephone number as E.164 writes it. Without its country's prefix it is one of the country that
 * is given (ISO 3166 alpha-2); null when it is none.
 */
export function phoneNumber(text: string, country?: string): string | null {
  const phone = parsePhoneNumberFromString(text, country as CountryCode);
  return phone?.isValid() ? phone.number : null;
}
