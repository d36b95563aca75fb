import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Attributes } from '#store/core/items.ts';
import { INDEX, type Key } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';
import { journalKey, type ListName } from './list-keys.ts';

/**
 * Since when an entry of a list has belonged to a part of it, such as to the paid orders. A list
 * without parts has one part, `''`.
 */
export interface Move {
  /** Real time, ISO 8601 UTC with milliseconds. */
  at: string;
  part: string;
}

/** An entry of a list: the id it is sorted by, and what has become of it, oldest first. */
export interface JournalEntry {
  id: ObjectId;
  moves: readonly Move[];
}

/**
 * The attributes that put an item into the sparse `journal` index, which is sorted by when an entry
 * of a list moved last. All that a reader has to know is in the sort key, so that the index needs
 * no other attribute and no write when anything else of the item changes.
 */
export function journalAttributes(
  tenant: Tenant,
  list: ListName,
  moves: readonly Move[],
): Attributes {
  const last = moves.at(-1);
  if (last === undefined) throw new Error('An entry of a list that never came into it');
  const history = moves.map(({ at, part }) => `${Date.parse(at).toString(36)}=${part}`).join(',');
  return {
    journalKey: { S: journalKey(tenant, list) },
    journalSort: { S: `${last.at}#${history}` },
  };
}

/**
 * About as many as a query answers anyway, which ends at 1 MB. Without a limit the embedded engine
 * gathers all that there are for each of its answers.
 */
const ENTRIES_A_QUERY = 5000;

/** The entries that moved after a time, in the order of their last moves; `idOf` reads their keys. */
export async function* readJournal(
  client: DynamoDBClient,
  table: string,
  { tenant, list, idOf }: { tenant: Tenant; list: ListName; idOf: (key: Key) => ObjectId },
  after: string,
): AsyncGenerator<JournalEntry> {
  const found = query(client, {
    TableName: table,
    IndexName: INDEX.journal,
    KeyConditionExpression: 'journalKey = :list AND journalSort > :after',
    ProjectionExpression: 'pk, sk, journalSort',
    // `~` sorts after the `#` that follows the time.
    ExpressionAttributeValues: {
      ':list': { S: journalKey(tenant, list) },
      ':after': { S: `${after}~` },
    },
    Limit: ENTRIES_A_QUERY,
  });
  for await (const one of found) {
    const id = idOf({ pk: one.pk?.S ?? '', sk: one.sk?.S ?? '' });
    yield { id, moves: movesOf(one) };
  }
}

/** What has become of an entry, as its item says. */
export function movesOf({ journalSort }: Attributes): Move[] {
  const [, history = ''] = (journalSort?.S ?? '').split('#');
  return history.split(',').map((move) => {
    const [at = '', part = ''] = move.split('=');
    return { at: new Date(Number.parseInt(at, 36)).toISOString(), part };
  });
}

/** The move that an entry had made last at a time (ISO 8601), if it was in the list. */
export function lastMove({ moves }: JournalEntry, at: string): Move | undefined {
  return moves.findLast((move) => move.at <= at);
}
