import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { LedgerError, LostRace } from '#ledger/core/errors.ts';
import { type Change, type IdempotencyRecord, KeyTaken } from '#ledger/core/store.ts';
import { valueIn } from './items.ts';

/** What a refused transaction means to the ledger. */
export function refusalOf(error: unknown, changes: readonly Change[]): unknown {
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
    const refusal = reason.Code === 'ConditionalCheckFailed' ? takenBy(change) : null;
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

/** The refusal of a change that needed something to be free. */
function takenBy(change: Change): LedgerError | null {
  switch (change.change) {
    case 'reference_claimed':
    case 'reference_checked':
      return new LedgerError('reference_already_paid', change.reference);
    case 'name_claimed': {
      const { kind, name } = change.name;
      return new LedgerError(NAME_TAKEN[kind], name);
    }
    default:
      return null;
  }
}

const NAME_TAKEN = {
  coupon_code: 'coupon_code_taken',
  white_label: 'white_label_name_taken',
} as const;
