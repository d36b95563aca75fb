import { isoNow, type LedgerContext, nowMs, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { mintOrderToken, mintUuid, type ServiceUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Service } from '#ledger/core/merchant.ts';
import { serviceOf } from '#ledger/core/services.ts';
import { notificationOf, releaseReference, stageOrder } from '#ledger/payments/stage-outcome.ts';
import type { Purchase } from '#ledger/purchases/purchase.ts';
import type { Order } from './order.ts';
import { expire } from './order-due.ts';

/** The merchant's part of a new order; the rest follows from the service and the clock. */
export type OrderDraft = Pick<
  Order,
  | 'intent'
  | 'amount'
  | 'customer'
  | 'description'
  | 'additional'
  | 'reference'
  | 'secure'
  | 'saveCard'
  | 'sourceCard'
  | 'dynamicDescriptor'
  | 'template'
  | 'dccTemplate'
  | 'notifyUrl'
  | 'successUrl'
  | 'failureUrl'
  | 'extraData'
> & {
  service: ServiceUuid | null;
  expiresInSeconds: number;
  language?: string | null;
  purchase?: Purchase | null;
  /** When the order was made, if that was before now. */
  createdAt?: string;
};

/**
 * Creates an order, and its customer when it is new.
 * @throws LedgerError service_not_found, reference_already_paid, acquirer_not_configured
 */
export async function createOrder(context: LedgerContext, draft: OrderDraft): Promise<Order> {
  const own = await createdBefore(context, context.work.attempt);
  if (own !== null) return own;
  const drafted = draftOrder(context, draft, context.work.attempt);
  await checkReference(context, drafted);
  const order = stageOrder(context, drafted);
  stageCustomer(context, order);
  return order;
}

/**
 * The order that an earlier try of this request has created, if it has; everything staged with it
 * is then written too.
 */
export async function createdBefore(context: LedgerContext, uuid: Uuid): Promise<Order | null> {
  if (!context.work.again) return null;
  const { order } = await context.store.read(context.merchant, { order: uuid });
  if (order !== null) context.work.discard();
  return order;
}

/**
 * Refuses a new order when another order with its reference is paid or being paid. This only looks;
 * the payment claims the reference, so that of several orders with it one can be paid.
 * @throws LedgerError reference_already_paid
 */
export async function checkReference(
  { store, merchant }: LedgerContext,
  { reference, uuid }: Order,
): Promise<void> {
  if (reference === null) return;
  const holder = await store.orderOfReference(merchant, reference);
  if (holder !== null && holder !== uuid)
    throw new LedgerError('reference_already_paid', reference);
}

/**
 * An order that is not staged yet, as version 0.
 * @throws LedgerError transfer_not_supported, service_not_found, descriptor_not_valid,
 * reference_too_long, acquirer_not_configured
 */
export function draftOrder(context: LedgerContext, draft: OrderDraft, uuid: Uuid): Order {
  const { merchant } = context;
  const { service: serviceUuid, expiresInSeconds, ...fields } = draft;
  // Sending money to somebody who is no customer needs an agreement that nothing here has.
  if (draft.intent === 'transfer') throw new LedgerError('transfer_not_supported');
  const service = serviceOf(merchant, serviceUuid);
  context.requireAcquirer(service);
  requireSuitable(service, draft);
  const now = isoNow(context);
  return {
    language: null,
    ...fields,
    uuid,
    version: 0,
    token: mintOrderToken(uuid, merchant.merchant),
    status: 'created',
    currency: service.currency,
    service: { uuid: service.uuid, type: service.type, terminal: service.terminal },
    held: 0,
    captured: 0,
    refunded: 0,
    createdAt: draft.createdAt ?? now,
    updatedAt: now,
    expiresAt: new Date(nowMs(context) + expiresInSeconds * 1000).toISOString(),
    networkTransactionId: null,
    ip: null,
    authentication: null,
    transactions: [],
    cards: {},
    purchase: draft.purchase ?? null,
    fulfillments: [],
    notes: [],
    standings: [],
  };
}

/** Keeps the customer of a new order, who may be new too. */
export function stageCustomer(context: LedgerContext, order: Order): void {
  const { customer: externalId, createdAt } = order;
  if (externalId === null) return;
  context.work.stage({ change: 'customer', customer: { externalId, createdAt } });
}

/** @throws LedgerError order_not_found */
export async function getOrder(context: ReadContext, uuid: Uuid): Promise<Order> {
  const { order } = await context.store.read(context.merchant, { order: uuid });
  if (order === null) throw new LedgerError('order_not_found', uuid);
  return order;
}

/** Expires an order whose time has come, and notifies the merchant. */
export function expireOrder(context: LedgerContext, order: Order): Order {
  const closed = expire(order, isoNow(context));
  if (closed === order) return order;
  const written = stageOrder(context, closed);
  context.work.stage(...notificationOf(context, written, mintUuid(context.realNowMs())));
  // A payment that the issuer wanted authenticated had claimed it.
  if (order.transactions.length > 0) releaseReference(context, order);
  return written;
}

/**
 * Redsys takes shorter references, and only letters, digits and blanks in descriptors (contract
 * C.3).
 */
function requireSuitable(service: Service, draft: OrderDraft): void {
  if (service.type !== 'REDSYS') return;
  const { dynamicDescriptor, reference } = draft;
  if (dynamicDescriptor !== null && !/^[\p{L}\d ]{1,38}$/u.test(dynamicDescriptor)) {
    throw new LedgerError('descriptor_not_valid');
  }
  if (reference !== null && reference.length > 88) throw new LedgerError('reference_too_long');
}
