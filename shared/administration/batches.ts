import {
  type Batch,
  type BatchRow,
  type ChunkProgress,
  isRefund,
  isRejected,
  type RowResult,
  type Totals,
} from '#ledger/batches/batch.ts';
import { cancelBatch } from '#ledger/batches/batch-commands.ts';
import { attemptOfRow } from '#ledger/batches/run-chunk.ts';
import { orderOfRow } from '#ledger/batches/run-row.ts';
import { totalsOf } from '#ledger/batches/totals.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { csvLine } from './csv.ts';
import { inLedger, type LedgerTarget } from './in-ledger.ts';

/** A file with what became of its rows so far. */
export interface BatchReport {
  batch: Batch;
  totals: Totals;
}

/** The files of a merchant, newest first. */
export async function listBatches(target: LedgerTarget, tenant: Tenant): Promise<BatchReport[]> {
  const batches = await target.ledger.batches(tenant);
  return Promise.all(batches.map((batch) => reportOf(target, tenant, batch)));
}

/** @throws when there is no such file */
export async function readBatch(
  target: LedgerTarget,
  tenant: Tenant,
  uuid: Uuid,
): Promise<BatchReport> {
  return reportOf(target, tenant, await findBatch(target, tenant, uuid));
}

/** Stops a file; a chunk of its rows that has begun is finished. */
export function stopBatch(target: LedgerTarget, tenant: Tenant, uuid: Uuid): Promise<Batch> {
  return inLedger(target, tenant, async (context) => {
    const { batch } = await context.store.read(tenant, { batch: uuid });
    if (batch === null) throw new Error(`There is no file ${uuid}`);
    return cancelBatch(context, batch);
  });
}

const COLUMNS = ['LINE', 'STATUS', 'ORDER_UUID', 'TRANSACTION_UUID', 'AMOUNT', 'CURRENCY', 'ERROR'];
const CHARGE_COLUMNS = ['ASKED_AMOUNT', 'CARD', 'CUSTOMER_EXTERNAL_ID', 'ADDITIONAL'];

/**
 * What became of each row of a file as CSV, in the order of the file, some rows at a time; safe to
 * open in a spreadsheet.
 * @throws when there is no such file, or its rows were deleted because they were kept long enough
 */
export async function* batchResults(
  target: LedgerTarget,
  tenant: Tenant,
  uuid: Uuid,
): AsyncGenerator<string> {
  const batch = await findBatch(target, tenant, uuid);
  const isCharges = batch.kind === 'authorizations';
  yield csvLine(isCharges ? [...COLUMNS, ...CHARGE_COLUMNS] : [...COLUMNS, 'ASKED_AMOUNT']);
  for (let number = 0; number < batch.chunks; number += 1) {
    const key = { batch: uuid, number };
    const keys = { batchRows: key, batchProgress: key };
    const { batchRows, batchProgress } = await target.ledger.read(tenant, keys);
    if (batchRows === null) throw new Error('The rows of this file are not kept any more');
    yield batchRows
      .map((row, position) => csvLine(cellsOf(batch, row, batchProgress, position)))
      .join('');
  }
}

async function findBatch({ ledger }: LedgerTarget, tenant: Tenant, uuid: Uuid): Promise<Batch> {
  const { batch } = await ledger.read(tenant, { batch: uuid });
  if (batch === null) throw new Error(`There is no file ${uuid}`);
  return batch;
}

/** A file with what became of its rows so far. */
export async function reportOf(
  { ledger }: LedgerTarget,
  tenant: Tenant,
  batch: Batch,
): Promise<BatchReport> {
  const totals = batch.totals ?? totalsOf(batch, await ledger.batchProgress(tenant, batch.uuid));
  return { batch, totals };
}

/** Words that merchants know from transactions, where there is one. */
const STATUSES: Record<RowResult['state'], string> = {
  done: 'SUCCESS',
  refused: 'REFUSED',
  failed: 'FAILED',
  rejected: 'REJECTED',
  cancelled: 'CANCELLED',
};

function cellsOf(
  batch: Batch,
  row: BatchRow,
  progress: ChunkProgress | null,
  position: number,
): (string | number | null)[] {
  if (isRejected(row)) return [row.line, STATUSES.rejected, null, null, null, null, row.problem];
  const result = progress?.results[position] ?? null;
  const hasTransaction = result?.state === 'done' || result?.state === 'refused';
  const attempt =
    progress === null || !hasTransaction ? null : attemptOfRow(progress.base, position);
  const cells = [
    row.line,
    result === null ? unknownStatus(batch, progress) : STATUSES[result.state],
    isRefund(row) ? row.order : attempt && orderOfRow(attempt),
    attempt,
    hasTransaction ? result.amount : null,
    result?.currency ?? null,
    result?.error ?? null,
    row.amount,
  ];
  return isRefund(row) ? cells : [...cells, row.card, row.customer, row.additional];
}

/** What has begun and is not known yet may still be with the acquirer. */
function unknownStatus(batch: Batch, progress: ChunkProgress | null): string {
  if (progress !== null) return 'PENDING';
  return batch.state === 'cancelled' ? STATUSES.cancelled : 'WAITING';
}
