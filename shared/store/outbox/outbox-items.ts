import type { ObjectId, OrderUuid, Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf, DueWork } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Message } from '#ledger/outbox/message.ts';
import type { Notification, NotifiedUuid } from '#ledger/outbox/notification.ts';
import type { Receiver } from '#ledger/outbox/receiver.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { type Due, dueAttributes } from '#store/core/due.ts';
import { moveDue, returnDue } from '#store/core/due-list.ts';
import { type Attributes, item, valueIn, valuesIn } from '#store/core/items.ts';
import { type Key, partsOf, prefix } from '#store/core/keys.ts';
import { readPartition } from '#store/core/query.ts';
import { putVersion } from '#store/core/writes.ts';
import { orderKey } from '#store/orders/order-keys.ts';

const NOTIFICATION = 'NOTIFICATION#';

/** Beside its order, so that both are read at once. */
const notificationKey = (tenant: Tenant, order: NotifiedUuid, id: ObjectId): Key => ({
  pk: orderKey(tenant, order).pk,
  sk: `${NOTIFICATION}${id}`,
});

const messageKey = (tenant: Tenant, order: OrderUuid, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#MESSAGES#${order}`,
  sk: id,
});

const receiverKey = (tenant: Tenant, origin: string): Key => ({
  pk: `${prefix(tenant)}#RECEIVER#${origin}`,
  sk: 'RECEIVER',
});

/**
 * The record of a failing receiver; DynamoDB deletes it once the receiver has had time to recover.
 */
function receiverItem(tenant: Tenant, receiver: Receiver): Attributes {
  const { origin, version, slowUntilMs, shutUntilMs } = receiver;
  const endMs = Math.max(slowUntilMs, shutUntilMs) + FORGOTTEN_AFTER_MS;
  return item(receiverKey(tenant, origin), receiver, {
    version: { N: String(version) },
    expiresAt: { N: String(Math.ceil(endMs / 1000)) },
  });
}

/** Longer than the longest pause before a failing receiver is tried again. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

function notificationItem(
  tenant: Tenant,
  { orderUuid, notification }: ChangeOf<'notification'>,
): Attributes {
  const { id, version, dueAt } = notification;
  return item(notificationKey(tenant, orderUuid, id), notification, {
    version: { N: String(version) },
    ...dueAttributes(tenant, dueOf('notify', orderUuid, dueAt)),
  });
}

function messageItem(tenant: Tenant, message: Message): Attributes {
  const { id, order, version, dueAt } = message;
  return item(messageKey(tenant, order, id), message, {
    version: { N: String(version) },
    ...dueAttributes(tenant, dueOf('message', order, dueAt)),
  });
}

function dueOf(kind: Due['kind'], uuid: Uuid, at: string | null): Due | null {
  return at === null ? null : { kind, at, uuid, testClock: false };
}

export const outbox = {
  writes: {
    notification: (table, tenant, change) => [
      putVersion(table, notificationItem(tenant, change), change.notification.version),
    ],
    receiver: (table, tenant, { receiver }) => [
      putVersion(table, receiverItem(tenant, receiver), receiver.version),
    ],
    message: (table, tenant, { message }) => [
      putVersion(table, messageItem(tenant, message), message.version),
    ],
  },
  places: {
    receiver: receiverKey,
    notification: (tenant, { order, id }) => notificationKey(tenant, order, id),
  },
  due: {
    notify: (key) => ({ order: orderOf(key), notification: key.sk.slice(NOTIFICATION.length) }),
    message: (key) => ({ order: orderOf(key), message: key.sk }),
  },
  reads: (client, table) => ({
    async claimNotification(
      tenant: Tenant,
      { order, notification }: DueWork['notify'],
      { dueMs, untilMs }: { dueMs: number; untilMs: number },
    ): Promise<Notification | null> {
      const key = notificationKey(tenant, order, notification);
      return valueIn<Notification>(await moveDue(client, table, key, { dueMs, untilMs }));
    },
    returnNotification: (
      tenant: Tenant,
      { order, notification }: DueWork['notify'],
      window: { dueMs: number; untilMs: number },
    ): Promise<void> =>
      returnDue(client, table, notificationKey(tenant, order, notification), window),
    async messages(tenant: Tenant, order: OrderUuid): Promise<Message[]> {
      return valuesIn(await readPartition(client, table, messageKey(tenant, order, '').pk));
    },
    async history(
      tenant: Tenant,
      uuid: Uuid,
    ): Promise<{ order: Order | null; notifications: Notification[] }> {
      const key = orderKey(tenant, uuid);
      const items = await readPartition(client, table, key.pk);
      const isOrder = (one: Attributes) => one.sk?.S === key.sk;
      return {
        order: valueIn<Order>(items.find(isOrder)),
        notifications: valuesIn<Notification>(items.filter((one) => !isOrder(one))),
      };
    },
  }),
} satisfies Aggregate;

function orderOf(key: Key): Uuid {
  return partsOf(key).parts[1] ?? '';
}
