import type { ObjectId, Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Message } from './message.ts';
import type { Notification } from './notification.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    notification: { orderUuid: Uuid; notification: Notification };
    message: { message: Message };
  }

  interface Entities {
    notification: { key: { order: Uuid; id: ObjectId }; value: Notification };
  }

  interface DueWork {
    notify: { order: Uuid; notification: ObjectId };
    message: { order: Uuid; message: ObjectId };
  }

  interface LedgerStore {
    /** What the buyer of an order was to be told, oldest first. */
    messages(tenant: Tenant, order: Uuid): Promise<Message[]>;
    /** An order with all its notifications, oldest first. */
    history(
      tenant: Tenant,
      order: Uuid,
    ): Promise<{ order: Order | null; notifications: Notification[] }>;
  }
}
