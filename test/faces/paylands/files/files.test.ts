import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '#administration/csv.ts';
import { decodeFile, textOf } from '#faces/paylands/files/decode.ts';
import { extraDataIn } from '#faces/paylands/files/extra-data-cell.ts';
import { type Cells, headerOf, rowsOf } from '#faces/paylands/files/table.ts';
import { instantIn } from '#faces/paylands/time.ts';

const COLUMNS = {
  AMOUNT: { names: ['AMOUNT'], required: true },
  NOTE: { names: ['NOTE', 'REMARK'], required: false },
} as const;

type Name = keyof typeof COLUMNS;

function parse(text: string): Promise<Cells<Name>[]> {
  return Array.fromAsync(rowsOf(text, headerOf<Name>(text, COLUMNS)));
}

describe('base64', () => {
  test.each(['YQ==', 'YQ', 'YQ=', ' Y\nQ ', 'data:text/csv;base64,YQ', 'data:;base64,YQ=='])(
    '%j is a byte',
    (encoded) => expect(decodeFile(encoded).toString()).toBe('a'),
  );

  test.each(['Y', 'YQ=Q', '%%%%', 'é', 'data:text/csv,YQ'])('%j is none', (encoded) => {
    expect(() => decodeFile(encoded)).toThrow('it is not base64');
  });

  test('of any bytes gives them back, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const encoded = Buffer.from(bytes).toString('base64');
        expect(decodeFile(encoded)).toEqual(Buffer.from(bytes));
        expect(decodeFile(encoded.replaceAll('=', ''))).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

describe('a CSV file', () => {
  test.each([
    { form: 'LF', text: 'NOTE,AMOUNT\na,1\nb,2\n' },
    { form: 'CRLF', text: 'NOTE,AMOUNT\r\na,1\r\nb,2\r\n' },
    { form: 'CR', text: 'NOTE,AMOUNT\ra,1\rb,2' },
    { form: 'semicolons and quotes', text: '"Remark";"amount"\n"a";"1"\nb;2' },
    { form: 'an unknown column', text: 'X,amount,note\nx,1,a\nx,2,b' },
  ])('in the form of $form is read', async ({ text }) => {
    expect(await parse(text)).toEqual([
      { line: 2, cells: { AMOUNT: '1', NOTE: 'a' }, isTooLong: false },
      { line: 3, cells: { AMOUNT: '2', NOTE: 'b' }, isTooLong: false },
    ]);
  });

  test('keeps the lines of the file over empty ones and line breaks in cells', async () => {
    const rows = await parse('\n\nAMOUNT,NOTE\n\n1,"two\nlines"\n,\n2,b\n');
    expect(rows.map(({ line, cells }) => [line, cells.AMOUNT])).toEqual([
      [6, '1'],
      [8, '2'],
    ]);
  });

  test('says which rows have too many cells', async () => {
    const rows = await parse('AMOUNT,NOTE\n1,a,b\n2,a,,\n3\n');
    expect(rows.map(({ isTooLong }) => isTooLong)).toEqual([true, false, false]);
  });

  test('loses its byte order mark and nothing else', () => {
    expect(textOf(Buffer.from('\ufeffAMOUNT\n1'))).toBe('AMOUNT\n1');
  });

  test('keeps characters of two units whole wherever they are', async () => {
    const note = '😀'.repeat(1000);
    for (const header of ['NOTE,AMOUNT\n', 'NOTE,AMOUNT\r\n']) {
      const rows = await parse(`${header}${`${note},1\n`.repeat(70)}`);
      expect(rows.filter(({ cells }) => cells.NOTE !== note)).toEqual([]);
    }
  });

  test('gives back what was written, whatever it is', async () => {
    const cell = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(cell.filter((text) => text !== '')), async (notes) => {
        const lines = notes.map((note) => `1,"${note.replaceAll('"', '""')}"\r\n`);
        const rows = await parse(`AMOUNT,NOTE\r\n${lines.join('')}`);
        expect(rows.map(({ cells }) => cells.NOTE)).toEqual(notes);
      }),
    );
  });
});

describe('a cell of results', () => {
  test.each(['=1+1', '+SUM(A1)', '-2+3', '@cmd', '\t=1', ' =1'])('%j is not computed', (cell) => {
    expect(csvLine([cell])).toMatch(/^"?'/);
  });

  test('that is a number stays one', () =>
    expect(csvLine([-1, '-1.5', null])).toBe('-1,-1.5,\r\n'));

  test('with quotes, separators and line breaks is quoted', () => {
    expect(csvLine(['a"b', 'a,b', 'a\nb', 'a;b'])).toBe('"a""b","a,b","a\nb","a;b"\r\n');
  });
});

describe('extra_data in a cell', () => {
  test.each([
    [
      'profile.email=jane@example.com;payment.installments=3',
      { profile: { email: 'jane@example.com' }, payment: { installments: '3' } },
    ],
    ['{"profile":{"email":"a"}}', { profile: { email: 'a' } }],
    ['cof.reason: OTHER ;', { cof: { reason: 'OTHER' } }],
  ])('%s is an object', (cell, value) => expect(extraDataIn(cell)).toEqual(value));

  test.each(['nonsense', '{"a":', 'a=1;a=2', 'a=1;a.b=2', '__proto__.x=1', 'constructor=1'])(
    '%s is none',
    (cell) => expect(extraDataIn(cell)).toBe(cell),
  );
});

describe('a time in Madrid', () => {
  test.each([
    ['2026-11-21 12:00:00', '2026-11-21T11:00:00Z'],
    ['2026-07-01T00:00:00', '2026-06-30T22:00:00Z'],
    ['2026-12-25', '2026-12-24T23:00:00Z'],
    // Clocks go forward at 02:00 on 29 March 2026, and back at 03:00 on 25 October.
    ['2026-03-29 02:30:00', '2026-03-29T01:30:00Z'],
    ['2026-03-29 03:00:00', '2026-03-29T01:00:00Z'],
    ['2026-10-25 02:30:00', '2026-10-25T00:30:00Z'],
    ['2026-10-25 03:00:00', '2026-10-25T02:00:00Z'],
    // Whoever names an offset means it, whatever clocks show in Madrid.
    ['2026-07-01T12:00:00Z', '2026-07-01T12:00:00Z'],
    ['2026-07-01t12:00:00.000z', '2026-07-01T12:00:00Z'],
    ['2026-07-01T12:00:00-03:30', '2026-07-01T15:30:00Z'],
    ['2026-07-01 12:00:00+0200', '2026-07-01T10:00:00Z'],
    ['2026-07-01T00:30+01', '2026-06-30T23:30:00Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(instantIn('Europe/Madrid', text)).toISOString()).toBe(
      instant.replace('Z', '.000Z'),
    );
  });

  test.each([
    '',
    '2027-02-29',
    '2026-13-01',
    '2026-11-21 25:00:00',
    '2027-02-29T00:00:00Z',
    '2026-11-21T12:00:00+25:00',
    '2026-11-21Z',
    '21/11/2026',
    '20261121',
  ])('%s is none', (text) => expect(instantIn('Europe/Madrid', text)).toBeNaN());
});
