/** What a spreadsheet would compute instead of show. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;

/**
 * A line of CSV (RFC 4180). A cell that begins like a formula gets an apostrophe before it, so
 * that a file with it can be opened in a spreadsheet; plain numbers stay numbers.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(cell: string | number | null): string {
  if (cell === null) return '';
  const text = String(cell);
  const isNumber = typeof cell === 'number' || /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
