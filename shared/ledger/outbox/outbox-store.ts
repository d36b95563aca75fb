import type { ObjectId, OrderUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Message } from './message.ts';
import type { Notification, NotifiedUuid } from './notification.ts';
import type { Receiver } from './receiver.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    notification: { orderUuid: NotifiedUuid; notification: Notification };
    message: { message: Message };
    /** Written if its version is still one less than this one's. */
    receiver: { receiver: Receiver };
  }

  interface Entities {
    notification: { key: { order: NotifiedUuid; id: ObjectId }; value: Notification };
    /** By its origin. */
    receiver: { key: string; value: Receiver };
  }

  interface DueWork {
    notify: { order: NotifiedUuid; notification: ObjectId };
    message: { order: OrderUuid; message: ObjectId };
  }

  interface LedgerStore {
    /**
     * Moves the time at which a notification is due, if it is due by a time, and returns it; null
     * when somebody else was quicker.
     */
    claimNotification(
      tenant: Tenant,
      due: DueWork['notify'],
      window: { dueMs: number; untilMs: number },
    ): Promise<Notification | null>;
    /** Takes back a claim of a notification that could not be queued. */
    returnNotification(
      tenant: Tenant,
      due: DueWork['notify'],
      window: { dueMs: number; untilMs: number },
    ): Promise<void>;
  }

  interface LedgerReads {
    /** The messages to the buyer of an order, oldest first. */
    messages(tenant: Tenant, order: OrderUuid): Promise<Message[]>;
    /** An order with all its notifications, oldest first. */
    history(
      tenant: Tenant,
      order: OrderUuid,
    ): Promise<{ order: Order | null; notifications: Notification[] }>;
  }
}
