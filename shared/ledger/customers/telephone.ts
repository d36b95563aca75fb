/**
 * A telephone as clients send it, in two parts, as one text: `+34666554411`. The prefix may lack its
 * plus sign or have two zeros for it, and the number its own blanks, dashes and dots. A number that
 * has its prefix in front already, and what is no number, stay as they are.
 */
export function telephoneOf(prefix: string | null, number: string): string {
  const country = (prefix ?? '').replace(/\D/g, '').replace(/^00/, '');
  const isNational = /^[\d\s().-]+$/.test(number) && !number.startsWith('00');
  return country === '' || !isNational ? number : `+${country}${number.replace(/\D/g, '')}`;
}
