/** The built-in fonts have the letters of Western Europe (Windows-1252). */
const WITHOUT_LETTER = /[^\x20-\x7e\xa0-\xac\xae-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu;

/** Latin letters that are no composition of a letter and a mark. */
const PLAIN_LETTERS = new Map([
  ['ł', 'l'],
  ['Ł', 'L'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ħ', 'h'],
  ['Ħ', 'H'],
  ['ı', 'i'],
  ['ŋ', 'n'],
  ['Ŋ', 'N'],
  ['ŧ', 't'],
  ['Ŧ', 'T'],
  ['ẞ', 'SS'],
]);

/**
 * A text in letters that the built-in fonts of a PDF have: others of the Latin alphabet without
 * their marks, those of other alphabets as question marks. Line breaks are blanks.
 */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(WITHOUT_LETTER, (letter) => {
      const plain = PLAIN_LETTERS.get(letter) ?? letter.normalize('NFKD').replace(/\p{M}/gu, '');
      return plain === '' ? '' : plain.replace(WITHOUT_LETTER, '?');
    });
}
