import type { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId, OrderUuid, Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Order, Transaction } from './order.ts';
import type { OrderDue } from './order-due.ts';
import type { Listed, OrderFilter, Page, Payment, PaymentFilter } from './order-lists.ts';

/** A transaction as lists show it: with the parts of its order that a row needs. */
export interface TransactionEntry {
  transaction: Transaction;
  order: Pick<Order, 'uuid' | 'customer' | 'additional' | 'currency' | 'service'>;
  card: Order['cards'][Uuid] | null;
}

/** What payments are looked for by. */
export interface PaymentFacets {
  channelType: string;
  channelSubType: string | null;
}

/** A page of the transactions of a terminal, or of all. */
export interface TransactionQuery extends Page {
  terminal: string | null;
}

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Written if its version is still one less than this one's. */
    order: { order: Order; due: OrderDue; testClock: boolean };
    /**
     * Has an order never be made, for a day: who is about to make it is refused as this says. A lost
     * race when it has been made.
     */
    order_refused: { order: OrderUuid; refusal: LedgerError };
    /**
     * Lists a finished transaction, among payments too when `payment` is given. `at` is when it
     * finished, in real time, if not now.
     */
    listed: { entry: TransactionEntry; payment: PaymentFacets | null; at?: string };
    /**
     * Rewrites the rows of an order or of a finished transaction whose listed fields have changed.
     */
    rows_rewritten: { order: Order; before: Order } | { listed: ChangeOf<'listed'> };
    /** Refused when the reference belongs to another order that is paid or being paid. */
    reference_claimed: { reference: string; order: OrderUuid };
    reference_released: { reference: string; order: OrderUuid };
  }

  interface Entities {
    order: { key: OrderUuid; value: Order };
  }

  interface DueWork {
    expire: { order: OrderUuid };
    recover: { order: OrderUuid };
  }

  interface LedgerReads {
    /** Orders with a pending transaction, in no order. */
    ordersPending(tenant: Tenant): Promise<Order[]>;
    /** Finished transactions, newest first; the cost does not depend on how many there are. */
    transactions(tenant: Tenant, window: TransactionQuery): Promise<TransactionEntry[]>;
    /** Orders with their exact number, newest first. */
    orders(tenant: Tenant, page: Page, filter: OrderFilter): Promise<Listed<Order>>;
    /** Payouts of a customer, paid or not, newest first. */
    payoutsOf(tenant: Tenant, customer: string): Promise<Order[]>;
    /** Payments with their exact number, newest first. */
    payments(tenant: Tenant, page: Page, filter: PaymentFilter): Promise<Listed<Payment>>;
    /** Orders by their identities, in their order; null for those that do not exist. */
    ordersByUuid(tenant: Tenant, uuids: readonly Uuid[]): Promise<(Order | null)[]>;
    /** The order of a finished transaction of any kind. */
    orderOfTransaction(tenant: Tenant, transaction: ObjectId): Promise<Uuid | null>;
    /** The order that holds a reference: the paid one, else the one that is being paid. */
    orderOfReference(tenant: Tenant, reference: string): Promise<Uuid | null>;
  }
}
