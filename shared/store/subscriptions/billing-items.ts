import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { uuidFromObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import { billingDueAt } from '#ledger/subscriptions/billing.ts';
import { dueAttributes } from '#store/core/due.ts';
import { moveDue } from '#store/core/due-list.ts';
import { item, keyOf } from '#store/core/items.ts';
import type { Key } from '#store/core/keys.ts';
import { putVersion } from '#store/core/writes.ts';
import { orderKey } from '#store/orders/order-keys.ts';
import { billingKey, paymentKey, paymentListKey } from './subscription-keys.ts';

/** A billing, which is due when its next charge is. */
export function billingWrites(
  table: string,
  tenant: Tenant,
  { billing, testClock }: ChangeOf<'billing'>,
): TransactWriteItem[] {
  const { subscription, version } = billing;
  const at = billingDueAt(billing);
  const uuid = uuidFromObjectId(subscription);
  const due = at === null ? null : ({ kind: 'renew', at, uuid, testClock } as const);
  const attributes = item(billingKey(tenant, subscription), billing, {
    version: { N: String(version) },
    ...dueAttributes(tenant, due),
  });
  return [putVersion(table, attributes, version)];
}

/** An item without a value: there is no order, and none can be written where something is. */
export function barOrder(
  table: string,
  tenant: Tenant,
  { order, keptUntil }: ChangeOf<'order_barred'>,
): TransactWriteItem[] {
  const expiresAt = { N: String(keptUntil) };
  const Item = { ...keyOf(orderKey(tenant, order)), expiresAt };
  return [{ Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } }];
}

export function paymentWrite(
  table: string,
  tenant: Tenant,
  { payment }: ChangeOf<'subscription_payment'>,
): TransactWriteItem[] {
  const Item = item(paymentKey(tenant, payment.subscription, payment.number), payment, {
    listKey: { S: paymentListKey(tenant) },
    listSort: { S: payment.id },
  });
  return [{ Put: { TableName: table, Item } }];
}

/** Moves a billing's due time, if it is still due at a time; the billing itself stays as it is. */
export async function claimRenewal(
  client: DynamoDBClient,
  table: string,
  key: Key,
  dueMs: number,
  untilMs: number,
): Promise<boolean> {
  return (await moveDue(client, table, key, { dueMs, untilMs })) !== undefined;
}
