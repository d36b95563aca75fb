/**
 * A text whose line ends every client hashes alike: of Unicode's own, line feeds are made, because
 * only PHP escapes them (contract B.4).
 */
export function withPlainLines(text: string): string {
  return text.replace(/[\u2028\u2029]/g, '\n');
}

/**
 * A text that every client reads: besides, half an emoji, as is left where a text was cut, becomes
 * U+FFFD, because PHP refuses a whole answer with one in it.
 */
export function readable(text: string): string {
  return withPlainLines(text.toWellFormed());
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
