import * as z from 'zod/mini';
import { freeText, optional } from '#faces/paylands/fields.ts';
import type { Answer, Given } from '#faces/paylands/operation.ts';
import { instantIn } from '#faces/paylands/time.ts';
import type { BatchKind, BatchRow } from '#ledger/batches/batch.ts';
import { receiveBatch } from '#ledger/batches/receive-batch.ts';
import { nowMs } from '#ledger/core/context.ts';
import { RequestError } from '#operation/http/errors.ts';
import { FileError } from './decode.ts';
import type { CsvFile } from './file-field.ts';
import { type Cells, rowsOf } from './table.ts';

/** What a Lambda function is given at most; a file is a third shorter than its base64. */
export const MAX_FILE_BODY_BYTES = 6 * 1024 * 1024;

const TIME_WORDS = 'must be a time as YYYY-MM-DD HH:MM:SS';

/** Fields of a request with a file, besides the file (contract C.10). */
export const batchFields = {
  filename: freeText(255),
  execute_at: optional(
    z
      .string(TIME_WORDS)
      .check(z.refine((time) => !Number.isNaN(instantIn('UTC', time)), TIME_WORDS)),
  ),
};

/** No file is kept for longer before its time comes. */
const MAX_AHEAD_MS = 366 * 24 * 3600 * 1000;

/** An answer is limited in size; the results of the file name every line. */
const MAX_ERRORS = 20_000;

/**
 * Receives a file of rows (contract C.10): those that can be worked on are kept, the others are
 * errors of the answer.
 * @throws RequestError 400
 */
export async function receiveFile<C extends string>(
  { context }: Pick<Given, 'context'>,
  body: { data: CsvFile<C>; filename: string; execute_at?: string | undefined },
  kind: BatchKind,
  rowOf: (cells: Cells<C>) => BatchRow,
): Promise<Answer> {
  const { data, filename } = body;
  const executeAt =
    body.execute_at === undefined ? null : instantIn(context.merchant.timeZone, body.execute_at);
  if (executeAt !== null && executeAt > nowMs(context) + MAX_AHEAD_MS) {
    throw new RequestError(400, 'Field execute_at is not valid: it is more than a year ahead');
  }
  try {
    const rejected = await receiveBatch(context, {
      kind,
      filename,
      digest: `${kind}-${data.digest}`,
      executeAt,
      rows: () => batchRows(data, rowOf),
    });
    const errors = rejected.slice(0, MAX_ERRORS).map(({ line, problem }) => ({
      line: String(line),
      msg: problem,
    }));
    return { answer: 'payload', payload: { errors } };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new RequestError(400, `Field data is not valid: ${error.message}`);
  }
}

async function* batchRows<C extends string>(
  { text: csv, header }: CsvFile<C>,
  rowOf: (cells: Cells<C>) => BatchRow,
): AsyncGenerator<BatchRow> {
  let count = 0;
  for await (const cells of rowsOf(csv, header)) {
    count += 1;
    yield rowOf(cells);
  }
  if (count === 0) throw new FileError('it has no rows');
}
