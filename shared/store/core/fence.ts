import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type Put,
  PutItemCommand,
  TransactionConflictException,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { type LedgerError, OutcomeUnknown } from '#ledger/core/errors.ts';
import { batchGet, nameOf } from './batch.ts';
import { isUnclear } from './commit-failures.ts';
import { item, valueIn } from './items.ts';
import { refusedAttributes } from './refused.ts';
import { versionIs } from './writes.ts';

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
 * reads as nothing; one that it would change becomes a version newer. True when it was written
 * after all.
 * @throws OutcomeUnknown when that cannot be made sure of in time
 */
export async function fence(
  client: DynamoDBClient,
  writes: readonly TransactWriteItem[],
  refused: Refused,
): Promise<boolean> {
  const guarded = writes.find(({ Put }) => isVersioned(Put))?.Put;
  if (guarded === undefined) return false;
  for (;;) {
    try {
      const instead = await standIn(client, guarded, refused.refusal);
      if (instead !== null) await client.send(new PutItemCommand(instead));
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

function isVersioned(put: Put | undefined): put is Put {
  if (put?.Item?.version === undefined) return false;
  const { ConditionExpression } = versionIs(Number(put.Item.version.N) - 1);
  return put.ConditionExpression === ConditionExpression;
}

/** What takes the place of a write; null when that cannot happen any more. */
async function standIn(
  client: DynamoDBClient,
  { TableName, Item = {} }: Put,
  refusal: LedgerError,
): Promise<Put | null> {
  const key = { pk: Item.pk?.S ?? '', sk: Item.sk?.S ?? '' };
  const version = Number(Item.version?.N);
  const guard = {
    TableName,
    ...versionIs(version - 1),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  if (version === 1) return { ...guard, Item: refusedAttributes(key, refusal) };
  const found = (await batchGet(client, TableName ?? '', [key])).get(nameOf(key));
  const value = valueIn<object>(found);
  if (found === undefined || value === null) return null;
  const { v: _v, data: _data, packed: _packed, zipped: _zipped, ...kept } = found;
  const attributes = { ...kept, version: { N: String(version) } };
  return { ...guard, Item: item(key, { ...value, version }, attributes) };
}
