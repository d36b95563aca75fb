import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type Put,
  PutItemCommand,
  TransactionConflictException,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type LedgerError, OutcomeUnknown } from '#ledger/core/errors.ts';
import { batchGet, nameOf } from './batch.ts';
import { isUnclear } from './commit-failures.ts';
import { OVER_DELETION } from './deleted.ts';
import { item, valueIn } from './items.ts';
import { refusedAttributes } from './refused.ts';
import { NOTHING_THERE, rewriteVersion } from './writes.ts';

const PAUSE_MS = 25;

/** A commit that was refused, of which an earlier send may still be on its way. */
export interface Refused {
  /** The identity of the commit, which its items keep. */
  id: string;
  refusal: LedgerError;
  leftMs(): number;
}

/**
 * Makes sure that a refused commit stays undone, whenever an earlier send of it arrives: by then
 * what was taken may be free again. An item that it would make has the refusal in its place, which
 * reads as nothing; one that it would change or delete becomes a version newer. True when it was
 * written after all.
 * @throws OutcomeUnknown when that cannot be made sure of in time
 */
export async function fence(
  client: DynamoDBClient,
  writes: readonly TransactWriteItem[],
  refused: Refused,
): Promise<boolean> {
  const guarded = writes.find(({ Put }) => isMade(Put) || versionBefore(Put) !== null)?.Put;
  if (guarded === undefined) return false;
  for (;;) {
    try {
      const instead = await standIn(client, guarded, refused);
      if (instead === 'written') return true;
      if (instead?.Put !== undefined) await client.send(new PutItemCommand(instead.Put));
      if (instead?.Update !== undefined) await client.send(new UpdateItemCommand(instead.Update));
      return false;
    } catch (error) {
      // Somebody else has written it, which is as good, or the commit itself has.
      if (error instanceof ConditionalCheckFailedException) {
        return error.Item?.commit?.S === refused.id;
      }
      const isHeld = error instanceof TransactionConflictException;
      if (!isHeld && !isUnclear(error, true)) throw error;
      if (refused.leftMs() === 0) {
        throw new OutcomeUnknown('An earlier send may still arrive', { cause: error });
      }
    }
    await sleep(PAUSE_MS);
  }
}

/** Whether a write makes an item that can be read. */
function isMade(put: Put | undefined): boolean {
  const conditions: unknown[] = [NOTHING_THERE, OVER_DELETION.ConditionExpression];
  return put?.Item?.v !== undefined && conditions.includes(put.ConditionExpression);
}

/** The version of an item that a write changes or deletes; null for any other write. */
function versionBefore(put: Put | undefined): number | null {
  const version = put?.ExpressionAttributeValues?.[':version']?.N;
  return version === undefined ? null : Number(version);
}

/** What takes the place of a write; null when that cannot happen any more, or that it has happened. */
async function standIn(
  client: DynamoDBClient,
  put: Put,
  { id, refusal }: Refused,
): Promise<TransactWriteItem | 'written' | null> {
  const { TableName = '', Item = {} } = put;
  const key = { pk: Item.pk?.S ?? '', sk: Item.sk?.S ?? '' };
  const before = versionBefore(put);
  if (before === null) return { Put: { ...put, Item: refusedAttributes(key, refusal) } };
  const found = (await batchGet(client, TableName, [key])).get(nameOf(key));
  if (found?.commit?.S === id) return 'written';
  const value = valueIn<object>(found);
  if (found === undefined || value === null) return null;
  const next = { ...value, version: before + 1 };
  // What it would delete may have attributes that are written without a new version.
  if (Item.v === undefined) return rewriteVersion(TableName, key, next);
  const { v: _v, data: _data, packed: _packed, zipped: _zipped, ...kept } = found;
  const attributes = { ...kept, version: { N: String(next.version) } };
  return { Put: { ...put, Item: item(key, next, attributes) } };
}
