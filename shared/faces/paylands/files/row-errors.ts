import * as z from 'zod/mini';
import type { RejectedRow } from '#ledger/batches/batch.ts';
import type { Cells } from './table.ts';

/** A row whose cells are as a schema wants them, or what is wrong with it, by column. */
export function checkedRow<C extends string, S extends z.ZodMiniType, R extends { line: number }>(
  { line, cells, isTooLong }: Cells<C>,
  schema: S,
  rowOf: (cells: z.output<S>, line: number) => R,
): R | RejectedRow {
  if (isTooLong) return { line, problem: 'More cells than columns' };
  const result = z.safeParse(schema, cells);
  if (result.success) return rowOf(result.data, line);
  const problems = result.error.issues.map(({ path }) => {
    const column = String(path[0]);
    return `${Object.hasOwn(cells, column) ? 'Invalid' : 'Missing'} ${column.toLowerCase()}`;
  });
  return { line, problem: [...new Set(problems)].join(', ') };
}
