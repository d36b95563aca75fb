/**
 * A text that every client reads: half an emoji, as is left where a text was cut, becomes U+FFFD,
 * because PHP refuses a whole answer with one in it, and Unicode's own line ends become line feeds,
 * because only PHP escapes them before it hashes (contract B.4).
 */
export function readable(text: string): string {
  return text.toWellFormed().replace(/[\u2028\u2029]/g, '\n');
}

/**
 * A number, or its digits where languages write it in several ways: 0.00005 is `5.0e-5` in PHP and
 * `5e-05` in Python, and who reads it and writes it again would hash another text. What a sum leaves of
 * nothing, such as 1.4e-14, is the same in all of them.
 */
export function readableNumber(value: number): number | string {
  const isTiny = Math.abs(value) >= 1e-10 && Math.abs(value) < 1e-4;
  const isHuge = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isTiny || isHuge ? String(value) : value;
}
