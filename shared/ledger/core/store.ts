import type { Card } from '#ledger/cards/card.ts';
import type { Order, Transaction } from '#ledger/orders/order.ts';
import type { OrderDue } from '#ledger/orders/order-due.ts';
import type {
  Listed,
  OrderFilter,
  Page,
  Payment,
  PaymentFilter,
} from '#ledger/orders/order-lists.ts';
import type { Message } from '#ledger/outbox/message.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import type {
  Capabilities,
  CustomProvider,
  ProviderOwner,
} from '#ledger/providers/custom-provider.ts';
import type { WhiteLabel } from '#ledger/providers/white-label.ts';
import type { Coupon } from '#ledger/purchases/coupon.ts';
import type { Subscription, SubscriptionFilter } from '#ledger/subscriptions/subscription.ts';
import type { ObjectId, Uuid } from './ids.ts';
import type { Tenant } from './merchant.ts';

/** A customer of a merchant, known by the merchant's own id. */
export interface Customer {
  externalId: string;
  createdAt: string;
}

/** Lets a browser act for a customer for a while; only its digest is kept. */
export interface CustomerToken {
  digest: string;
  customer: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

/** The card that a customer paid with last: what is sent to the customer goes there. */
export interface LastCard {
  customer: string;
  card: Uuid;
}

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
  text: string;
}

/** A name that only one thing may have, and by which it is found. */
export type UniqueName =
  | { kind: 'coupon_code'; name: string }
  /** Over all merchants of an environment. */
  | { kind: 'white_label'; name: string };

/** Changes of what belongs to a location. */
export type LocationChange =
  | { change: 'coupon'; coupon: Coupon }
  | { change: 'coupon_deleted'; coupon: Coupon }
  | { change: 'coupon_used'; coupon: ObjectId; order: Uuid }
  | { change: 'custom_provider'; provider: CustomProvider }
  | { change: 'custom_provider_deleted'; provider: CustomProvider }
  | { change: 'capabilities'; capabilities: Capabilities }
  | { change: 'white_label'; whiteLabel: WhiteLabel }
  /** `before` is what it was, or null when it is new. */
  | { change: 'subscription'; subscription: Subscription; before: Subscription | null }
  /** Refused when something else has the name. */
  | { change: 'name_claimed'; name: UniqueName; holder: ObjectId }
  | { change: 'name_released'; name: UniqueName; holder: ObjectId };

/** One change of a unit of work. All changes of a commit happen, or none. */
export type Change =
  /** Written if its version is still one less than this one's; so are cards. */
  | { change: 'order'; order: Order; due: OrderDue; testClock: boolean }
  | { change: 'card'; card: Card }
  | { change: 'card_deleted'; card: Card }
  | { change: 'customer'; customer: Customer }
  | { change: 'customer_token'; token: CustomerToken }
  | { change: 'last_card'; lastCard: LastCard }
  /** Refused when the reference belongs to another order that is paid or being paid. */
  | { change: 'reference_claimed'; reference: string; order: Uuid }
  | { change: 'reference_released'; reference: string; order: Uuid }
  | { change: 'reference_checked'; reference: string; order: Uuid }
  | { change: 'notification'; orderUuid: Uuid; notification: Notification }
  /** A finished transaction, and how it is found among payments if it is one. */
  | { change: 'listed'; entry: TransactionEntry; payment: PaymentFacets | null }
  | { change: 'message'; message: Message }
  | LocationChange
  | { change: 'idempotency_recorded'; record: IdempotencyRecord };

/**
 * What is kept of a request with an idempotency key: `started` once the acquirer may have been
 * called, `done` with the answer that repetitions get.
 */
export interface IdempotencyRecord {
  /** Operation and key. */
  id: string;
  /** Keyed digest of the request: another payload with the same key is refused. */
  fingerprint: string;
  /** The identity of the work, which a repetition resumes. */
  attempt: Uuid;
  state: 'started' | 'done';
  /** Until when another request must not take over, milliseconds since 1970. */
  lockedUntilMs: number;
  /** Seconds since 1970; later the key is free again. */
  expiresAt: number;
  reply: { status: number; body: string } | null;
}

/** The stored record that stood in the way of a `idempotency_recorded` change. */
export class KeyTaken extends Error {
  override name = 'KeyTaken';
  readonly record: IdempotencyRecord;

  constructor(record: IdempotencyRecord) {
    super('The idempotency key is taken');
    this.record = record;
  }
}

/** What can be read by its identity, and the key that it is read by. */
export interface Entities {
  order: { key: Uuid; value: Order };
  card: { key: Uuid; value: Card };
  customer: { key: string; value: Customer };
  /** By its digest. */
  customerToken: { key: string; value: CustomerToken };
  lastCard: { key: string; value: LastCard };
  notification: { key: { order: Uuid; id: ObjectId }; value: Notification };
  replay: { key: string; value: IdempotencyRecord };
  customProvider: { key: ProviderOwner; value: CustomProvider };
  capabilities: { key: { account: string; app: string }; value: Capabilities };
  subscription: { key: ObjectId; value: Subscription };
  name: { key: UniqueName; value: { holder: ObjectId } };
}

export type EntityKeys = { [E in keyof Entities]?: Entities[E]['key'] };

export type EntityValues<K extends EntityKeys> = {
  [E in keyof K & keyof Entities]: Entities[E]['value'] | null;
};

/** A page of the transactions of a terminal, or of all. */
export interface TransactionQuery extends Page {
  terminal: string | null;
}

/** Due work of one kind in one shard or of one merchant with its own clock. */
export interface DueItem {
  tenant: Tenant;
  orderUuid: Uuid;
  notification: ObjectId | null;
}

export type DueKind = 'expire' | 'recover' | 'notify' | 'message';

/** The ledger's data. Reads by identity are consistent; lists may lag behind by moments. */
export interface LedgerStore {
  /** Reads several entities in one round trip. */
  read<K extends EntityKeys>(tenant: Tenant, keys: K): Promise<EntityValues<K>>;
  /**
   * Writes all changes in one transaction. One whose answer is lost is found again: this returns
   * when the changes are written, and fails with any of these when they are not.
   * @throws LostRace when an entity was written by somebody else in the meantime
   * @throws KeyTaken when the idempotency key is in use
   * @throws LedgerError `reference_already_paid`, `coupon_code_taken`, `white_label_name_taken`
   */
  commit(tenant: Tenant, changes: readonly Change[]): Promise<void>;
  /** The cards of a customer, oldest first. */
  cardsOf(tenant: Tenant, customer: string): Promise<Card[]>;
  /** Transactions, newest first; the cost does not depend on how many there are. */
  transactions(tenant: Tenant, window: TransactionQuery): Promise<TransactionEntry[]>;
  /** Orders with their exact number, newest first. */
  orders(tenant: Tenant, page: Page, filter: OrderFilter): Promise<Listed<Order>>;
  /** Payments with their exact number, newest first. */
  payments(tenant: Tenant, page: Page, filter: PaymentFilter): Promise<Listed<Payment>>;
  /** What the buyer of an order was to be told, oldest first. */
  messages(tenant: Tenant, order: Uuid): Promise<Message[]>;
  /** The order of a finished transaction of any kind. */
  orderOfTransaction(tenant: Tenant, transaction: ObjectId): Promise<Uuid | null>;
  /** An order with all its notifications, oldest first. */
  history(
    tenant: Tenant,
    order: Uuid,
  ): Promise<{ order: Order | null; notifications: Notification[] }>;
  /** The order that holds a reference: the paid one, else the one that is being paid. */
  orderOfReference(tenant: Tenant, reference: string): Promise<Uuid | null>;
  coupon(tenant: Tenant, id: ObjectId): Promise<Coupon | null>;
  /** All coupons, newest first. */
  coupons(tenant: Tenant): Promise<Coupon[]>;
  /** Subscriptions with their exact number, newest first. */
  subscriptions(
    tenant: Tenant,
    page: Page,
    filter: SubscriptionFilter,
  ): Promise<Listed<Subscription>>;
  /** All white-label providers of a location, oldest first. */
  whiteLabels(tenant: Tenant, location: string): Promise<WhiteLabel[]>;
  /** Work that is due, of all merchants on the real clock or of one with its own. */
  due(kind: DueKind, scope: 'shared' | Tenant, untilMs: number): AsyncIterable<DueItem>;
}
