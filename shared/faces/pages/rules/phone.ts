/** Whose telephone the bank refuses in the sandbox (contract E.3): it is no number. */
export const REFUSED_PHONE = 'ko@ko.ko';

/**
 * Whether a text can be the telephone of a Bizum account: a Spanish mobile, or any number with the
 * prefix of its country. The sandbox also takes the name of the telephone that is refused.
 */
export function isBizumPhone(text: string, isSandbox: boolean): boolean {
  if (isSandbox && text.trim() === REFUSED_PHONE) return true;
  const number = text.replace(/[\s().-]/g, '').replace(/^00/, '+');
  if (number.startsWith('+34')) return /^\+34[67]\d{8}$/.test(number);
  return /^[67]\d{8}$/.test(number) || /^\+[1-9]\d{7,14}$/.test(number);
}
