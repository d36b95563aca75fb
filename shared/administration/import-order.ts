import * as z from 'zod/mini';
import { toMinor } from '#faces/highlevel/money.ts';
import {
  foreignPrices,
  type PurchaseDocument,
  purchaseDocument,
  purchaseOf,
} from '#faces/highlevel/purchase-document.ts';
import { withoutCardNumbersIn } from '#ledger/cards/card-numbers.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { uuidFromObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import { createOrder } from '#ledger/orders/order-commands.ts';
import { WITHOUT_PAGE } from '#ledger/orders/plain-draft.ts';
import { useCoupon } from '#ledger/purchases/coupon-commands.ts';
import { recordPayment } from '#ledger/purchases/purchase-commands.ts';
import { type HighLevelTarget, locationIn } from './import-subscriptions.ts';
import { inLedger } from './in-ledger.ts';

/** A HighLevel order is open until it is paid; ours must have an end. */
const OPEN_SECONDS = 365 * 24 * 3600;

/** The purchase of an order is kept with it, in one item of the store. */
const MAX_CHARACTERS = 64 * 1024;

/** HighLevel's OrderCreate event, as far as it is not about the purchase (contract 6). */
const orderDocument = z.looseObject({
  _id: z.string().check(z.regex(/^[0-9a-f]{24}$/)),
  altId: z.optional(z.string()),
  locationId: z.optional(z.string()),
  status: z.optional(z.enum(['pending', 'completed'])),
  currency: z.string(),
  amount: z.number().check(z.gte(0)),
  liveMode: z.optional(z.boolean()),
  createdAt: z.optional(z.iso.datetime()),
});

type OrderDocument = z.output<typeof orderDocument>;

/**
 * Creates the order that an OrderCreate event tells of, with its HighLevel id. One that is already
 * here is left as it is. A completed one was paid elsewhere: all of it is recorded as paid offline.
 * @throws in plain words when the document is malformed or fits no location
 */
export async function importOrder(
  target: HighLevelTarget,
  content: unknown,
): Promise<{ order: Order; isNew: boolean }> {
  if (JSON.stringify(content).length > MAX_CHARACTERS) throw new Error('The document is too large');
  const document = parsed(orderDocument, content);
  const purchase = parsed(purchaseDocument, withoutCardNumbersIn(content));
  const tenant = await tenantOf(target, document);
  const uuid = uuidFromObjectId(document._id);
  const known = await target.ledger.read(tenant, { order: uuid });
  if (known.order !== null) {
    await completeIfPaid(target, tenant, document, known.order);
    return { order: known.order, isNew: false };
  }
  const order = await inLedger(
    target,
    tenant,
    (context) => create(context, document, purchase),
    uuid,
  );
  return { order: await completeIfPaid(target, tenant, document, order), isNew: true };
}

/** Through the merchant's service in the order's currency, should somebody pay it by card. */
async function create(
  context: LedgerContext,
  document: OrderDocument,
  purchase: PurchaseDocument,
): Promise<Order> {
  const code = document.currency.toUpperCase();
  const service = context.merchant.services.find((one) => one.currency.code === code);
  if (service === undefined) throw new Error(`The merchant has no service in ${code}`);
  const { digits } = service.currency;
  const amount = toMinor(document.amount, digits);
  if (amount === null) throw new Error(`${document.amount} is not an amount in ${code}`);
  const foreign = foreignPrices(purchase, service.currency);
  if (foreign.length > 0) throw new Error(`Not in the order's ${code}: ${foreign.join(', ')}`);
  const names = (purchase.items ?? []).map((item) => item.name).join(', ');
  return createOrder(context, {
    ...NOTHING_MORE,
    amount,
    description: names.slice(0, 1000).toWellFormed() || 'Order',
    service: service.uuid,
    purchase: await useCoupon(context, purchaseOf(purchase, digits, amount)),
    ...(document.createdAt === undefined ? {} : { createdAt: isoOf(document.createdAt) }),
  });
}

/** In a commit of its own: an import that was interrupted is completed by importing again. */
function completeIfPaid(
  target: HighLevelTarget,
  tenant: Tenant,
  document: OrderDocument,
  order: Order,
): Order | Promise<Order> {
  const isOpen = order.status === 'created' && order.captured === 0;
  if (document.status !== 'completed' || !isOpen || order.amount === 0) return order;
  const notes = 'Paid before it was imported';
  return inLedger(target, tenant, async (context) => {
    const { order: fresh } = await context.store.read(tenant, { order: order.uuid });
    const manual = { mode: 'other' as const, card: null, cheque: null, notes, details: null };
    return recordPayment(context, { order: fresh ?? order, amount: null, manual });
  });
}

async function tenantOf(target: HighLevelTarget, document: OrderDocument): Promise<Tenant> {
  const accounts = await target.locations.accounts();
  const location = document.altId ?? document.locationId ?? '';
  const { merchant, environment } = locationIn(accounts, location);
  const isLive = environment === 'live';
  if (document.liveMode !== undefined && document.liveMode !== isLive) {
    throw new Error(`${location} is a ${environment} location, the order is not`);
  }
  return { merchant, environment };
}

function parsed<T extends z.ZodMiniType>(schema: T, content: unknown): z.output<T> {
  const result = z.safeParse(schema, content);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.') || 'the document');
  throw new Error(`Not an OrderCreate document: ${[...new Set(fields)].join(', ')}`);
}

function isoOf(time: string): string {
  return new Date(time).toISOString();
}

/** What only an order of the other face says. */
const NOTHING_MORE = {
  ...WITHOUT_PAGE,
  intent: 'sale' as const,
  customer: null,
  additional: null,
  saveCard: false,
  notifyUrl: null,
  extraData: null,
  expiresInSeconds: OPEN_SECONDS,
};
