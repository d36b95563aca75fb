import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Deadline, deadlineIn } from '#ledger/core/deadline.ts';
import { LedgerError, OutcomeUnknown } from '#ledger/core/errors.ts';
import type { Change } from '#ledger/core/store.ts';
import type { Composition } from './aggregate.ts';
import { endingIn } from './client.ts';
import { asUnclearAs, followsUnclear, isUnclear, refusalOf } from './commit-failures.ts';
import { isGone, overDeletion } from './deleted.ts';
import { fence } from './fence.ts';
import { NOTHING_THERE } from './writes.ts';

/** A write and the change that it belongs to. */
export interface ChangeWrite {
  change: Change;
  write: TransactWriteItem;
}

/** How long to keep asking whether a transaction was written, where the caller has no deadline. */
const DEFAULT_MS = 15_000;

/** Time kept back from a deadline to answer the client when the outcome stays unknown. */
const ANSWERING_MS = 3000;

const PAUSE_MS = 25;

/**
 * Writes all or nothing, and finds out which. Every commit has an identity that its items keep:
 * when its answer was lost it is sent again, and a condition that fails on what this very commit
 * has written says that it is done. So DynamoDB need not remember the transaction for us. What
 * clients name and have deleted is made again in the place of that deletion, and of no other.
 * @throws LostRace, KeyTaken, LedgerError as of `refusalOf`; OutcomeUnknown when it stays unclear
 */
export async function commitWrites(
  client: DynamoDBClient,
  writes: readonly ChangeWrite[],
  aggregates: Composition,
  deadline: Deadline = deadlineIn(DEFAULT_MS),
): Promise<void> {
  const leftMs = () => Math.max(0, deadline.remainingMs() - ANSWERING_MS);
  const id = randomBytes(12).toString('base64url');
  let items = writes.map(({ write }) => marked(write, id));
  for (let sends = 1; ; sends += 1) {
    try {
      await send(client, items, endingIn(leftMs()));
      return;
    } catch (error) {
      // An earlier one may have been written: then even a conflict says nothing yet.
      const isRepeated = sends > 1 || followsUnclear(error);
      if (isDone(error, id)) return;
      const remade = isRepeated ? null : remaking(error, writes, items, aggregates);
      if (remade !== null) {
        items = remade;
        continue;
      }
      if (!isUnclear(error, isRepeated)) {
        const refusal = refusalOf(error, writes, aggregates);
        const mayArrive = isRepeated && refusal instanceof LedgerError;
        if (mayArrive && (await fence(client, items, { id, refusal, leftMs }))) return;
        throw refusal;
      }
      if (leftMs() === 0)
        throw new OutcomeUnknown('Nobody said what became of it', { cause: error });
    }
    await sleep(Math.min(leftMs(), Math.random() * PAUSE_MS * 2 ** Math.min(sends, 5)));
  }
}

/**
 * One item is written by itself, at half the price of a transaction. Its refusals are told as a
 * transaction tells them.
 */
async function send(
  client: DynamoDBClient,
  items: TransactWriteItem[],
  options: ReturnType<typeof endingIn>,
): Promise<void> {
  const [{ Put, Update, Delete } = {}, ...more] = items;
  const transaction = new TransactWriteItemsCommand({ TransactItems: items });
  try {
    if (more.length > 0) await client.send(transaction, options);
    else if (Put !== undefined) await client.send(new PutItemCommand(Put), options);
    else if (Update !== undefined) await client.send(new UpdateItemCommand(Update), options);
    else if (Delete !== undefined) await client.send(new DeleteItemCommand(Delete), options);
    else await client.send(transaction, options);
  } catch (error) {
    throw asCancellation(error);
  }
}

function asCancellation(error: unknown): unknown {
  const isCheck = error instanceof ConditionalCheckFailedException;
  if (!isCheck && !(error instanceof TransactionConflictException)) return error;
  const { message, $metadata } = error;
  const reason = isCheck
    ? { Code: 'ConditionalCheckFailed', Item: error.Item }
    : { Code: 'TransactionConflict' };
  const cancelled = { message, $metadata, CancellationReasons: [reason] };
  return asUnclearAs(error, new TransactionCanceledException(cancelled));
}

/** What is written under a condition says which commit wrote it, and a refusal shows it. */
function marked(write: TransactWriteItem, id: string): TransactWriteItem {
  const { Put, Delete } = write;
  const ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
  if (Put?.ConditionExpression !== undefined) {
    const Item = { ...Put.Item, commit: { S: id } };
    return { Put: { ...Put, Item, ReturnValuesOnConditionCheckFailure } };
  }
  if (Delete?.ConditionExpression !== undefined) {
    return { Delete: { ...Delete, ReturnValuesOnConditionCheckFailure } };
  }
  return write;
}

/** Whether a commit was refused because it is written already: an item bears its identity. */
function isDone(error: unknown, id: string): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const reasons = error.CancellationReasons ?? [];
  return reasons.some(
    ({ Code, Item }) => Code === 'ConditionalCheckFailed' && Item?.commit?.S === id,
  );
}

/**
 * The writes of a commit that was refused where something was deleted, so that they make it anew;
 * null when anything else is in their way.
 */
function remaking(
  error: unknown,
  writes: readonly ChangeWrite[],
  items: readonly TransactWriteItem[],
  aggregates: Composition,
): TransactWriteItem[] | null {
  if (!(error instanceof TransactionCanceledException)) return null;
  const remade = items.map((write, index) => {
    const { Code = 'None', Item } = error.CancellationReasons?.[index] ?? {};
    if (Code === 'None') return write;
    const change = writes[index]?.change;
    const mayRemake = change !== undefined && aggregates.mayRemake(change);
    const { Put } = write;
    if (!mayRemake || Put?.ConditionExpression !== NOTHING_THERE || !isGone(Item)) return null;
    return { Put: overDeletion(Put, Item) };
  });
  return remade.every((one) => one !== null) ? remade : null;
}
