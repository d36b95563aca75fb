import { isoNow, type LedgerContext, nowMs } from './context.ts';
import { LedgerError } from './errors.ts';
import { mintOrderToken, mintUuid, type Uuid } from './ids.ts';
import type { Order } from './order.ts';
import { notificationOf, stageOrder } from './payments.ts';
import { expire } from './rules.ts';
import type { Sale } from './sale.ts';
import { serviceOf } from './services.ts';

/** What a merchant says of a new order; the rest follows from the service and the clock. */
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
  service: Uuid | null;
  expiresInSeconds: number;
  sale?: Sale | null;
  /** When the order was made, if that was before now. */
  createdAt?: string;
};

/**
 * Creates an order, and its customer when it is new.
 * @throws LedgerError service_not_found, reference_already_paid, acquirer_not_configured
 */
export function createOrder(context: LedgerContext, draft: OrderDraft): Order {
  const { merchant, work } = context;
  const { service: serviceUuid, expiresInSeconds, ...fields } = draft;
  const service = serviceOf(merchant, serviceUuid);
  context.acquirerOf(service);
  const now = isoNow(context);
  const order = stageOrder(context, {
    ...fields,
    uuid: work.attempt,
    version: 0,
    token: mintOrderToken(work.attempt),
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
    transactions: [],
    cards: {},
    sale: draft.sale ?? null,
    fulfillments: [],
    notes: [],
  });
  if (order.customer !== null) {
    work.stage({ change: 'customer', customer: { externalId: order.customer, createdAt: now } });
  }
  if (order.reference !== null) {
    work.stage({ change: 'reference_checked', reference: order.reference });
  }
  return order;
}

/** @throws LedgerError order_not_found */
export async function getOrder(context: LedgerContext, uuid: Uuid): Promise<Order> {
  const { order } = await context.store.read(context.merchant, { order: uuid });
  if (order === null) throw new LedgerError('order_not_found', uuid);
  return order;
}

/** Closes an order whose time has come, and tells the merchant. */
export function expireOrder(context: LedgerContext, order: Order): Order {
  const closed = expire(order, isoNow(context));
  if (closed === order) return order;
  const written = stageOrder(context, closed);
  context.work.stage(...notificationOf(context, written, mintUuid(context.realNowMs())));
  return written;
}
