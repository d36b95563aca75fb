/** Digits of Arabic, Persian and full-width keyboards; the last four bits are their value. */
const OTHER_DIGITS = /[٠-٩۰-۹０-９]/g;

/** A text of the same length with its digits as 0 to 9, whatever keyboard they were typed on. */
export function withLatinDigits(text: string): string {
  return text.replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 15));
}
