import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Where a message goes. */
export type Destination = { channel: 'mail'; to: string } | { channel: 'sms'; to: string };

const MAIL = /^[^\s@<>,;:"()[\]\\]+@[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}-]+)+$/u;

/**
 * A mail address, or a telephone number with its country's prefix or, without one, of the country
 * that is given (ISO 3166 alpha-2); null when it is neither.
 */
export function destinationOf(text: string, country?: string): Destination | null {
  const trimmed = text.trim();
  if (trimmed.length > 254 || /\p{Cc}/u.test(text)) return null;
  if (trimmed.includes('@')) return MAIL.test(trimmed) ? { channel: 'mail', to: trimmed } : null;
  const international = trimmed.replace(/^00/, '+');
  const phone = parsePhoneNumberFromString(international, country as CountryCode);
  return phone?.isValid() ? { channel: 'sms', to: phone.number } : null;
}
