import type { IndexName } from '#operation/declare/declaration.ts';

/** A table as both infrastructures create it. All key attributes are strings. */
export interface TableDefinition {
  name: 'ledger' | 'access';
  indexes: readonly IndexDefinition[];
  /** The attribute with the second at which an item is deleted, or null. */
  expiry: string | null;
}

export interface IndexDefinition {
  name: IndexName;
  partition: string;
  sort: string;
  projection: 'KEYS_ONLY' | 'ALL';
}

/** The key of every table. */
export const PRIMARY_KEY = { partition: 'pk', sort: 'sk' } as const;

export const TABLES: readonly TableDefinition[] = [
  {
    name: 'ledger',
    indexes: [
      { name: 'due', partition: 'dueKey', sort: 'dueAt', projection: 'KEYS_ONLY' },
      { name: 'lists', partition: 'listKey', sort: 'listSort', projection: 'ALL' },
      { name: 'states', partition: 'stateKey', sort: 'stateSort', projection: 'KEYS_ONLY' },
      { name: 'journal', partition: 'journalKey', sort: 'journalSort', projection: 'KEYS_ONLY' },
    ],
    expiry: 'expiresAt',
  },
  { name: 'access', indexes: [], expiry: null },
];

/** After so many failed receptions a message goes to the queue's dead-letter queue. */
export const MAX_RECEIVE_COUNT = 5;

export const QUEUES = [
  'notifications',
  'slow-notifications',
  'push-confirmations',
  'device-payments',
  'batch-rows',
  'renewals',
  'moto-links',
] as const;
