import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Change } from '#ledger/core/store.ts';
import { stateOf } from '#ledger/orders/order-state.ts';
import { orderRows, transactionRows } from '#store/lists/list-writes.ts';
import { isLocationChange, locationWrites } from '#store/locations/location-changes.ts';
import { type Attributes, item, keyOf } from './items.ts';
import {
  cardKey,
  cardListKey,
  customerKey,
  customerTokenKey,
  idempotencyRecordKey,
  lastCardKey,
  messageKey,
  notificationKey,
  orderKey,
  referenceKey,
  sharedDueKey,
  stateKey,
  testClockDueKey,
} from './keys.ts';
import { deleteVersion, keepFirst, putVersion } from './writes.ts';

/** The writes that make up a change. */
export function writesOf(table: string, tenant: Tenant, change: Change): TransactWriteItem[] {
  if (isLocationChange(change)) return locationWrites(table, tenant, change);
  switch (change.change) {
    case 'order':
      return orderWrites(table, tenant, change);
    case 'card':
      return [putVersion(table, cardItem(tenant, change.card), change.card.version)];
    case 'card_deleted':
      return [deleteVersion(table, cardKey(tenant, change.card.uuid), change.card.version)];
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
      return transactionRows(table, tenant, change);
    case 'message':
      return [putVersion(table, messageItem(tenant, change), change.message.version)];
    case 'idempotency_recorded':
      return [idempotencyWrite(table, tenant, change)];
  }
}

type Of<C extends Change['change']> = Extract<Change, { change: C }>;

/** A new order is listed and counted in the transaction that creates it. */
function orderWrites(table: string, tenant: Tenant, change: Of<'order'>): TransactWriteItem[] {
  const { order } = change;
  const write = putVersion(table, orderItem(tenant, change), order.version);
  return order.version === 1 ? [write, ...orderRows(table, tenant, order)] : [write];
}

function orderItem(tenant: Tenant, { order, due, testClock }: Of<'order'>): Attributes {
  const extra: Attributes = {
    version: { N: String(order.version) },
    stateKey: { S: stateKey(tenant, stateOf(order)) },
    stateSort: { S: objectIdFromUuid(order.uuid) ?? '' },
  };
  if (due.kind !== 'none') {
    const own = due.kind === 'expire' && testClock;
    extra.dueKey = {
      S: own ? testClockDueKey(due.kind, tenant) : sharedDueKey(due.kind, order.uuid),
    };
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

function messageItem(tenant: Tenant, { message }: Of<'message'>): Attributes {
  const extra: Attributes = { version: { N: String(message.version) } };
  if (message.dueAt !== null) {
    extra.dueKey = { S: sharedDueKey('message', message.order) };
    extra.dueAt = { S: message.dueAt };
  }
  return item(messageKey(tenant, message.order, message.id), message, extra);
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

function referenceWrite(
  table: string,
  tenant: Tenant,
  change: Of<'reference_claimed' | 'reference_released' | 'reference_checked'>,
): TransactWriteItem {
  const target = { TableName: table, Key: keyOf(referenceKey(tenant, change.reference)) };
  const ExpressionAttributeNames = { '#holder': 'holder' };
  const isFree = 'attribute_not_exists(#holder) OR #holder = :order';
  const ExpressionAttributeValues = { ':order': { S: change.order } };
  const names = { ExpressionAttributeNames, ExpressionAttributeValues };
  switch (change.change) {
    case 'reference_checked':
      return { ConditionCheck: { ...target, ConditionExpression: isFree, ...names } };
    case 'reference_claimed': {
      const UpdateExpression = 'SET #holder = :order';
      return { Update: { ...target, UpdateExpression, ConditionExpression: isFree, ...names } };
    }
    case 'reference_released': {
      const UpdateExpression = 'REMOVE #holder';
      const ConditionExpression = '#holder = :order';
      return { Update: { ...target, UpdateExpression, ConditionExpression, ...names } };
    }
  }
}

/**
 * The key is free when nothing is stored under it, when what is stored has expired (DynamoDB
 * deletes expired items days late), or when the same attempt has started with it.
 */
function idempotencyWrite(
  table: string,
  tenant: Tenant,
  { record }: Of<'idempotency_recorded'>,
): TransactWriteItem {
  const nowSeconds = Math.floor(record.lockedUntilMs / 1000);
  return {
    Put: {
      TableName: table,
      Item: item(idempotencyRecordKey(tenant, record.id), record, {
        expiresAt: { N: String(record.expiresAt) },
        attempt: { S: record.attempt },
        state: { S: record.state },
      }),
      ConditionExpression:
        'attribute_not_exists(pk) OR #expiresAt < :now OR (#attempt = :attempt AND #state = :started)',
      ExpressionAttributeNames: {
        '#expiresAt': 'expiresAt',
        '#attempt': 'attempt',
        '#state': 'state',
      },
      ExpressionAttributeValues: {
        ':now': { N: String(nowSeconds) },
        ':attempt': { S: record.attempt },
        ':started': { S: 'started' },
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
