import {
  type DynamoDBClient,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { LostRace } from '#ledger/core/errors.ts';
import { type IdempotencyRecord, KeyTaken } from '#ledger/core/idempotency-record.ts';
import type { Change } from '#ledger/core/store.ts';
import type { Composition } from './aggregate.ts';
import { valueIn } from './items.ts';
import { refusalIn } from './refused.ts';

/**
 * Whether nobody knows if a transaction was written: its answer was lost, or it is under way. One
 * that is sent again is as unclear when it was cancelled without looking at its conditions.
 */
export function isUnclear(error: unknown, isRepeated: boolean): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TransactionInProgressException') return true;
  if (!(error instanceof DynamoDBServiceException)) return isLost(error);
  if ((error.$metadata.httpStatusCode ?? 500) >= 500) return true;
  return isRepeated && isBusy(error);
}

/** Whether a call got no readable answer, so that its effect is unknown; other errors are bugs. */
function isLost(error: Error & { code?: unknown }): boolean {
  if (['TimeoutError', 'AbortError'].includes(error.name) || '$response' in error) return true;
  return typeof error.code === 'string' && /^(E(?!RR_)|HPE_)/.test(error.code);
}

/** Failures before which the SDK has sent the same call, and nobody knows what became of that. */
const afterUnclear = new WeakSet<Error>();

/**
 * Has a client note which failures follow an unclear one. The SDK repeats more than those, such as
 * every refusal of an engine whose clock is minutes off, and only the last failure comes out of it.
 */
export function noteUnclear({ middlewareStack }: DynamoDBClient): void {
  middlewareStack.addRelativeTo(
    <A extends object, R>(next: (args: A & Call) => Promise<R>) =>
      (args: A) =>
        next({ ...args, soFar: { isUnclear: false } }),
    { relation: 'before', toMiddleware: 'retryMiddleware', name: 'beginCall' },
  );
  middlewareStack.addRelativeTo(
    <A extends object, R>(next: (args: A) => Promise<R>) =>
      async (args: A) => {
        const { soFar } = args as A & Call;
        try {
          return await next(args);
        } catch (error) {
          if (soFar.isUnclear && error instanceof Error) afterUnclear.add(error);
          if (isUnclear(error, false)) soFar.isUnclear = true;
          throw error;
        }
      },
    { relation: 'after', toMiddleware: 'retryMiddleware', name: 'noteUnclear' },
  );
}

/** What all attempts of one call share: the middleware itself is one for all calls. */
interface Call {
  soFar: { isUnclear: boolean };
}

/** Whether a call that failed in the end may have been done by an attempt of the SDK before. */
export function followsUnclear(error: unknown): boolean {
  return error instanceof Error && afterUnclear.has(error);
}

/** Another form of a failure. */
export function asUnclearAs<E extends Error>(error: Error, other: E): E {
  if (followsUnclear(error)) afterUnclear.add(other);
  return other;
}

/** What a refused transaction means to the ledger. */
export function refusalOf(
  error: unknown,
  writes: readonly { change: Change }[],
  aggregates: Composition,
): unknown {
  if (!(error instanceof Error)) return error;
  if (THROTTLED.includes(error.name)) return new LostRace();
  if (!(error instanceof TransactionCanceledException)) return error;
  const reasons = error.CancellationReasons ?? [];
  const failed = writes.flatMap(({ change }, index) => {
    const reason = reasons[index];
    return reason?.Code === undefined || reason.Code === 'None' ? [] : [{ change, reason }];
  });
  for (const { change, reason } of failed) {
    if (change.change !== 'idempotency_recorded' || reason.Code !== CHECK_FAILED) continue;
    const record = valueIn<IdempotencyRecord>(reason.Item);
    return record === null ? new LostRace() : new KeyTaken(record);
  }
  for (const { change, reason } of failed) {
    const refusal =
      reason.Code === CHECK_FAILED
        ? (refusalIn(reason.Item) ?? aggregates.refusalOf(change, reason.Item))
        : null;
    if (refusal !== null) return refusal;
  }
  const isRace = failed.every(({ reason }) => reason.Code === CHECK_FAILED || isBusyCode(reason));
  return isRace ? new LostRace() : error;
}

const CHECK_FAILED = 'ConditionalCheckFailed';

/** Cancelled by another transaction or by a limit: nothing was said of its conditions. */
function isBusy(error: DynamoDBServiceException): boolean {
  if (THROTTLED.includes(error.name)) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const failed = (error.CancellationReasons ?? []).filter((one) => one.Code !== 'None');
  return failed.every(isBusyCode);
}

function isBusyCode({ Code }: { Code?: string | undefined }): boolean {
  return ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'].includes(
    Code ?? '',
  );
}

const THROTTLED = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
];
