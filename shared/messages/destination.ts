import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Where a message goes. */
export type Destination = { channel: 'mail'; to: string } | { channel: 'sms'; to: string };

const MAIL = /^[^\s@<>,;:"()[\]\\]+@[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}-]+)+$/u;

/** A mail address, or a telephone number with its country's prefix; null when it is neither. */
export function destinationOf(text: string): Destination | null {
  const trimmed = text.trim();
  if (trimmed.length > 254) return null;
  if (trimmed.includes('@')) return MAIL.test(trimmed) ? { channel: 'mail', to: trimmed } : null;
  const international = trimmed.replace(/^00/, '+');
  const phone = parsePhoneNumberFromString(international);
  return phone?.isValid() ? { channel: 'sms', to: phone.number } : null;
}
