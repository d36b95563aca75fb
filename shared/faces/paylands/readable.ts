/**
 * A text that every client reads: half an emoji, as is left where a text was cut, becomes U+FFFD,
 * because PHP refuses a whole answer with one in it, and Unicode's own line ends become line feeds,
 * because only PHP escapes them before it hashes (contract B.4).
 */
export function readable(text: string): string {
  return text.toWellFormed().replace(/[\u2028\u2029]/g, '\n');
}
