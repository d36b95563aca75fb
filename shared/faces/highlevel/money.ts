/**
 * HighLevel's amounts are major units with decimals (contract 1.9); the ledger's are minor units.
 * Both conversions move the decimal point in the decimal notation of a number, because a
 * multiplication of floats is not exact: 19.99 * 100 is 1998.9999999999998.
 */

/** 15010 with 2 digits is 150.1. */
export function toMajor(minor: number, digits: number): number {
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const point = text.length - digits;
  return Number(`${sign}${text.slice(0, point)}.${text.slice(point)}`);
}

/** 150.1 with 2 digits is 15010; null when the currency has no such amount. */
export function toMinor(major: number, digits: number): number | null {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(major)) ?? [];
  if (sign === undefined || fraction.length > digits) return null;
  const minor = Number(`${sign}${whole}${fraction.padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? minor : null;
}
