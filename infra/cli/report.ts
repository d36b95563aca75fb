/** What a command says: to people as text, to scripts as JSON. */
export interface Report {
  text: string;
  json: unknown;
}

/** So many columns a table has at most: what a terminal beside an editor shows. */
export const MAX_WIDTH = 120;
const GAP = '  ';

/** Texts that people chose, which say enough when they are cut; identities are never cut. */
const CUT = new Set([
  'APP',
  'BROKEN BY',
  'CUSTOMER',
  'DESCRIPTION',
  'ERROR',
  'FILE',
  'FRAMED BY',
  'LABEL',
  'LOGO',
  'NAME',
  'NOTIFIES',
  'OF',
  'PRODUCT',
  'PROFILES',
  'REFERENCE',
  'SCOPES',
  'SERVICES',
  'TERMINAL',
  'TYPE',
]);

/**
 * Rows under their headings, in columns: times to the second, and texts cut where the whole would
 * be wider than a terminal. `--json` has everything in full.
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.';
  const all = [headings, ...rows.map((row) => row.map(toSeconds))];
  const widths = fitting(
    headings,
    headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => cut(cell, widths[column] ?? 0).padEnd(widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

function toSeconds(cell: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(cell) ? cell.replace(/\.\d+Z$/, 'Z') : cell;
}

function cut(cell: string, width: number): string {
  return cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
}

/** Takes from the widest text, again and again, as long as the table is too wide. */
function fitting(headings: readonly string[], natural: readonly number[]): number[] {
  const widths = [...natural];
  const most = MAX_WIDTH - GAP.length * (headings.length - 1);
  const leastOf = (column: number) => headings[column]?.length ?? 0;
  while (widths.reduce((sum, one) => sum + one, 0) > most) {
    const spare = (column: number) => (widths[column] ?? 0) - leastOf(column);
    const [widest] = [...widths.keys()]
      .filter((column) => CUT.has(headings[column] ?? '') && spare(column) > 0)
      .sort((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0));
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Names and values, one a line. */
export function fields(values: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(values).map((name) => name.length));
  return Object.entries(values)
    .map(([name, value]) => `${name.padEnd(width)}  ${value}`)
    .join('\n');
}
