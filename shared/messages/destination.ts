/** Where a message goes. */
export type Destination = { channel: 'mail'; to: string } | { channel: 'sms'; to: string };

const MAIL =
  /^[^\s@<>,;:"()[\]\\]+@[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?(\.[\p{L}\p{M}\p{N}-]+)+$/u;

/**
 * A mail address, or a telephone number with its country's prefix or, without one, of the country
 * that is given (ISO 3166 alpha-2); null when it is neither.
 */
export async function destinationOf(text: string, country?: string): Promise<Destination | null> {
  if (!canBeDestination(text)) return null;
  const trimmed = text.trim();
  if (trimmed.includes('@')) return { channel: 'mail', to: trimmed };
  // The numbering plans of all countries are loaded by the first who needs them.
  const { phoneNumber } = await import('./phone-number.ts');
  const to = phoneNumber(trimmed.replace(/^00/, '+'), country);
  return to === null ? null : { channel: 'sms', to };
}

/** Whether a text is a mail address, or has the digits of a telephone number. */
export function canBeDestination(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > 254 || /\p{Cc}/u.test(text)) return false;
  return trimmed.includes('@') ? MAIL.test(trimmed) : /\d(\D*\d){4}/.test(trimmed);
}
