import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { FileError } from './decode.ts';

/** A column by the names that it may have, and whether there is no file without it. */
export interface Column {
  names: readonly [string, ...string[]];
  required: boolean;
}

/** A row: its line in the file, of which the first one is 1, and its cells by column. */
export interface Cells<C extends string> {
  line: number;
  cells: Partial<Record<C, string>>;
  /** Whether it has more cells than the header has columns. */
  isTooLong: boolean;
}

/** Where the columns of a file are. */
export interface Header<C extends string> {
  delimiter: ',' | ';';
  positions: readonly (C | null)[];
}

/** More columns than any format has, and few enough that a hostile header costs nothing. */
const MAX_COLUMNS = 100;

/** No row that could be accepted is longer. */
const MAX_ROW_CHARACTERS = 64 * 1024;

/** So much is handed to the parser at a time: only some rows are in memory at once. */
const SLICE_CHARACTERS = 64 * 1024;

/**
 * Reads the header of a file: `,` or `;` between columns, in any order, upper or lower case.
 * Columns that nobody knows are passed over.
 * @throws FileError when a column is missing or there twice
 */
export function headerOf<C extends string>(
  text: string,
  columns: Readonly<Record<C, Column>>,
): Header<C> {
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1);
  if (first.length > MAX_ROW_CHARACTERS) throw new FileError('its first line is too long');
  const delimiter = first.split(';').length > first.split(',').length ? ';' : ',';
  const names = first.split(delimiter).map((name) => name.replaceAll('"', '').trim().toUpperCase());
  if (names.length > MAX_COLUMNS) throw new FileError(`it has more than ${MAX_COLUMNS} columns`);
  const known = Object.entries(columns) as [C, Column][];
  const positions = names.map(
    (name) => known.find(([, column]) => column.names.includes(name))?.[0] ?? null,
  );
  for (const [
    column,
    {
      names: [name],
      required,
    },
  ] of known) {
    const times = positions.filter((one) => one === column).length;
    if (times > 1) throw new FileError(`it has the column ${name} twice`);
    if (times === 0 && required) throw new FileError(`it has no column ${name}`);
  }
  return { delimiter, positions };
}

/**
 * The rows of a file, one after the other; empty lines are passed over.
 * @throws FileError at the first row whose quotes do not match: what follows could be misread
 */
export async function* rowsOf<C extends string>(
  text: string,
  { delimiter, positions }: Header<C>,
): AsyncGenerator<Cells<C>> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  try {
    let isHeader = true;
    for await (const { record, info } of records(text, parser)) {
      if (record.every((cell) => cell === '')) continue;
      if (!isHeader) yield { line: info.lines, ...cellsOf(record, positions) };
      isHeader = false;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileError(`line ${error.lines ?? '?'} cannot be read: check its quotes`);
  }
}

function records(text: string, parser: ReturnType<typeof parse>) {
  return Readable.from(slicesOf(text)).pipe(parser) as AsyncIterable<{
    record: string[];
    info: { lines: number };
  }>;
}

/** No slice ends within a character that is two units of a string, such as an emoji. */
function* slicesOf(text: string): Generator<string> {
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + SLICE_CHARACTERS;
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end += 1;
    yield text.slice(start, end);
  }
}

function cellsOf<C extends string>(record: readonly string[], positions: Header<C>['positions']) {
  const cells: Partial<Record<C, string>> = {};
  for (const [index, column] of positions.entries()) {
    const cell = record[index];
    if (column !== null && cell !== undefined && cell !== '') cells[column] = cell;
  }
  const isTooLong = record.slice(positions.length).some((cell) => cell !== '');
  return { cells, isTooLong };
}
