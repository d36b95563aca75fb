import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { DueKind } from '#ledger/core/store.ts';
import { ON_TEST_CLOCKS } from '#ledger/core/test-clocks.ts';
import type { Attributes } from './items.ts';
import { prefix } from './keys.ts';

/** How many partitions due work of a kind is spread over. */
const DUE_SHARDS = 4;

/** When a piece of work is due, and whose clock says so. */
export interface Due {
  kind: DueKind;
  /** ISO 8601 UTC. */
  at: string;
  /** Spreads the work: any id whose last digits are random. */
  uuid: Uuid;
  /** Whether the merchant has a test clock, which decides about the kinds of work that follow it. */
  testClock: boolean;
}

/** The attributes that put an item into the sparse `due` index; none when nothing is due. */
export function dueAttributes(tenant: Tenant, due: Due | null): Attributes {
  if (due === null) return {};
  const { kind, at, uuid, testClock } = due;
  const shard = Number.parseInt(uuid.slice(-2), 16) % DUE_SHARDS;
  const isOwn = testClock && ON_TEST_CLOCKS.includes(kind);
  const dueKey = `${kind}#${isOwn ? prefix(tenant) : shard}`;
  return { dueKey: { S: dueKey }, dueAt: { S: at } };
}

/** The partitions of the `due` index to look into for work of a kind. */
export function dueKeys(kind: DueKind, scope: 'shared' | Tenant): string[] {
  if (scope !== 'shared') return [`${kind}#${prefix(scope)}`];
  return Array.from({ length: DUE_SHARDS }, (_, shard) => `${kind}#${shard}`);
}
