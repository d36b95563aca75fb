import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Listed, Page } from '#ledger/orders/order-lists.ts';
import type { Subscription, SubscriptionFilter } from './subscription.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** `before` is what it was, or null when it is new. */
    subscription: { subscription: Subscription; before: Subscription | null };
  }

  interface Entities {
    subscription: { key: ObjectId; value: Subscription };
  }

  interface LedgerStore {
    /** Subscriptions with their exact number, newest first. */
    subscriptions(
      tenant: Tenant,
      page: Page,
      filter: SubscriptionFilter,
    ): Promise<Listed<Subscription>>;
  }
}
