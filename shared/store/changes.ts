import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { objectIdFromUuid } from '../ledger/ids.ts';
import type { Tenant } from '../ledger/merchant.ts';
import type { Change } from '../ledger/store.ts';
import { COUNTER_LEVELS, counterOf } from './counters.ts';
import { type Attributes, item, keyOf } from './items.ts';
import {
  COUNTER_SHARDS,
  cardKey,
  cardListKey,
  counterKey,
  customerKey,
  customerTokenKey,
  type Key,
  lastCardKey,
  monthCounterKey,
  notificationKey,
  orderKey,
  ownDueKey,
  referenceKey,
  replayKey,
  sharedDueKey,
  transactionKey,
} from './keys.ts';

/** The writes that make up a change. */
export function writesOf(table: string, tenant: Tenant, change: Change): TransactWriteItem[] {
  switch (change.change) {
    case 'order':
      return [putVersion(table, orderItem(tenant, change), change.order.version)];
    case 'card':
      return [putVersion(table, cardItem(tenant, change.card), change.card.version)];
    case 'card_deleted':
      return [
        {
          Delete: {
            TableName: table,
            Key: keyOf(cardKey(tenant, change.card.uuid)),
            ...versionIs(change.card.version),
          },
        },
      ];
    case 'customer':
      return [keepFirst(table, customerKey(tenant, change.customer.externalId), change.customer)];
    case 'customer_token':
      return [
        {
          Put: {
            TableName: table,
            Item: item(customerTokenKey(tenant, change.token.digest), change.token, {
              expiresAt: { N: String(change.token.expiresAt) },
            }),
          },
        },
      ];
    case 'last_card': {
      const Item = item(lastCardKey(tenant, change.lastCard.customer), change.lastCard);
      return [{ Put: { TableName: table, Item } }];
    }
    case 'reference_claimed':
    case 'reference_released':
    case 'reference_checked':
      return [referenceWrite(table, tenant, change)];
    case 'notification':
      return [putVersion(table, notificationItem(tenant, change), change.notification.version)];
    case 'listed':
      return listedWrites(table, tenant, change);
    case 'replay_stored':
      return [replayWrite(table, tenant, change)];
  }
}

type Of<C extends Change['change']> = Extract<Change, { change: C }>;

function orderItem(tenant: Tenant, { order, due, ownClock }: Of<'order'>): Attributes {
  const extra: Attributes = { version: { N: String(order.version) } };
  if (due.kind !== 'none') {
    const own = due.kind === 'expire' && ownClock;
    extra.dueKey = { S: own ? ownDueKey(due.kind, tenant) : sharedDueKey(due.kind, order.uuid) };
    extra.dueAt = { S: due.at };
  }
  return item(orderKey(tenant, order.uuid), order, extra);
}

function cardItem(tenant: Tenant, card: Of<'card'>['card']): Attributes {
  return item(cardKey(tenant, card.uuid), card, {
    version: { N: String(card.version) },
    listKey: { S: cardListKey(tenant, card.customer) },
    listSort: { S: `${card.createdAt}#${card.uuid}` },
  });
}

function notificationItem(
  tenant: Tenant,
  { orderUuid, notification }: Of<'notification'>,
): Attributes {
  const extra: Attributes = { version: { N: String(notification.version) } };
  if (notification.dueAt !== null) {
    extra.dueKey = { S: sharedDueKey('notify', orderUuid) };
    extra.dueAt = { S: notification.dueAt };
  }
  return item(notificationKey(tenant, orderUuid, notification.id), notification, extra);
}

function putVersion(table: string, attributes: Attributes, version: number): TransactWriteItem {
  return { Put: { TableName: table, Item: attributes, ...versionIs(version - 1) } };
}

function versionIs(version: number) {
  if (version === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  };
}

function keepFirst(table: string, key: Key, value: object): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: keyOf(key),
      UpdateExpression: 'SET #data = if_not_exists(#data, :data)',
      ExpressionAttributeNames: { '#data': 'data' },
      ExpressionAttributeValues: { ':data': { S: JSON.stringify(value) } },
    },
  };
}

function referenceWrite(
  table: string,
  tenant: Tenant,
  change: Of<'reference_claimed' | 'reference_released' | 'reference_checked'>,
): TransactWriteItem {
  const target = { TableName: table, Key: keyOf(referenceKey(tenant, change.reference)) };
  const ExpressionAttributeNames = { '#holder': 'holder' };
  if (change.change === 'reference_checked') {
    return {
      ConditionCheck: {
        ...target,
        ConditionExpression: 'attribute_not_exists(#holder)',
        ExpressionAttributeNames,
      },
    };
  }
  return {
    Update: {
      ...target,
      UpdateExpression:
        change.change === 'reference_claimed' ? 'SET #holder = :order' : 'REMOVE #holder',
      ConditionExpression:
        change.change === 'reference_claimed'
          ? 'attribute_not_exists(#holder) OR #holder = :order'
          : '#holder = :order',
      ExpressionAttributeNames,
      ExpressionAttributeValues: { ':order': { S: change.order } },
    },
  };
}

/**
 * A row of the list and its counters. Counters are spread over shards, because two transactions
 * that touch one item at the same time cancel each other.
 */
function listedWrites(table: string, tenant: Tenant, { entry }: Of<'listed'>): TransactWriteItem[] {
  const id = objectIdFromUuid(entry.transaction.uuid);
  if (id === null) throw new Error('A transaction that was not minted here cannot be listed');
  const time = new Date(Number.parseInt(id.slice(0, 8), 16) * 1000).toISOString();
  const shard = Number.parseInt(id.slice(-2), 16) % COUNTER_SHARDS;
  const counts = COUNTER_LEVELS.map((level) => {
    const { period, bucket } = counterOf(level, time);
    const key = level.name === 'month' ? monthCounterKey : counterKey;
    return count(table, key(tenant, period, shard), bucket);
  });
  return [{ Put: { TableName: table, Item: item(transactionKey(tenant, id), entry) } }, ...counts];
}

function count(table: string, key: Key, bucket: string): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: keyOf(key),
      UpdateExpression: 'ADD #bucket :one',
      ExpressionAttributeNames: { '#bucket': bucket },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  };
}

/**
 * The key is free when nothing is stored under it or when what is stored has expired: DynamoDB
 * deletes expired items days late. A started record is only ever replaced by its own attempt.
 */
function replayWrite(
  table: string,
  tenant: Tenant,
  { record, from }: Of<'replay_stored'>,
): TransactWriteItem {
  const fresh = from === 'nothing';
  const nowSeconds = Math.floor(record.lockedUntilMs / 1000);
  return {
    Put: {
      TableName: table,
      Item: item(replayKey(tenant, record.id), record, {
        expiresAt: { N: String(record.expiresAt) },
        attempt: { S: record.attempt },
        state: { S: record.state },
      }),
      ConditionExpression: fresh
        ? 'attribute_not_exists(pk) OR #expiresAt < :now'
        : '#attempt = :attempt AND #state = :started',
      ExpressionAttributeNames: fresh
        ? { '#expiresAt': 'expiresAt' }
        : { '#attempt': 'attempt', '#state': 'state' },
      ExpressionAttributeValues: fresh
        ? { ':now': { N: String(nowSeconds) } }
        : { ':attempt': { S: record.attempt }, ':started': { S: 'started' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
