/** HighLevel's amounts are major units with decimals (contract 1.9); the ledger's are minor units. */

/** 15010 with 2 digits is 150.1, by moving the point: a division of floats is not exact. */
export function toMajor(minor: number, digits: number): number {
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const point = text.length - digits;
  return Number(`${sign}${text.slice(0, point)}.${text.slice(point)}`);
}

/**
 * 150.1 with 2 digits is 15010, and so is what clients add up in floating point: 10.1 + 20.2 is
 * 30.299999999999997. Null when the currency has no such amount.
 */
export function toMinor(major: number, digits: number): number | null {
  const exact = major * 10 ** digits;
  const minor = Math.round(exact);
  const isWhole = Math.abs(exact - minor) <= Math.max(NOISE, Math.abs(exact) * Number.EPSILON * 8);
  return isWhole && Number.isSafeInteger(minor) ? minor : null;
}

/** How far from a whole number of minor units a sum of decimals may be, as on the other face. */
const NOISE = 1e-6;
