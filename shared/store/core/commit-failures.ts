import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { LostRace } from '#ledger/core/errors.ts';
import { type IdempotencyRecord, KeyTaken } from '#ledger/core/idempotency-record.ts';
import type { Change } from '#ledger/core/store.ts';
import type { Composition } from './aggregate.ts';
import { valueIn } from './items.ts';

/** What a refused transaction means to the ledger. */
export function refusalOf(
  error: unknown,
  changes: readonly Change[],
  aggregates: Composition,
): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'TransactionInProgressException') return new LostRace();
  if (!(error instanceof TransactionCanceledException)) return error;
  const reasons = error.CancellationReasons ?? [];
  const failed = changes.flatMap((change, index) => {
    const reason = reasons[index];
    return reason?.Code === undefined || reason.Code === 'None' ? [] : [{ change, reason }];
  });
  for (const { change, reason } of failed) {
    if (change.change !== 'idempotency_recorded' || reason.Code !== 'ConditionalCheckFailed')
      continue;
    const record = valueIn<IdempotencyRecord>(reason.Item);
    return record === null ? new LostRace() : new KeyTaken(record);
  }
  for (const { change, reason } of failed) {
    const refusal = reason.Code === 'ConditionalCheckFailed' ? aggregates.refusalOf(change) : null;
    if (refusal !== null) return refusal;
  }
  return failed.every(({ reason }) => isRace(reason.Code)) ? new LostRace() : error;
}

function isRace(code: string | undefined): boolean {
  return (
    code === 'ConditionalCheckFailed' ||
    code === 'TransactionConflict' ||
    code === 'ThrottlingError' ||
    code === 'ProvisionedThroughputExceeded'
  );
}
