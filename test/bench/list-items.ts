import { mintUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Change } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { TransactionEntry } from '#ledger/orders/order-store.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import type { Purchase } from '#ledger/purchases/purchase.ts';
import type { Attributes } from '#store/core/items.ts';
import { LEDGER } from '#store/ledger.ts';
import type { Span } from '#store/lists/rows.ts';
import { CARD, newOrder } from '#test/support/orders.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/**
 * The items that so many transactions, spread evenly over the last year or another time, leave in the list: the
 * store's own writes.
 */
export function listItems(
  table: string,
  tenant: Tenant,
  size: number,
  mint: (timeMs: number) => string,
  when = lately(),
): Generator<Attributes> {
  const order = newOrder();
  const changesAt = (timeMs: number, index: number): Change[] => [
    {
      change: 'listed',
      entry: entryAt(index % 10 === 0 ? atTerminal(order) : order, mint(timeMs), timeMs),
      payment: null,
      at: new Date(timeMs).toISOString(),
    },
  ];
  return itemsOf(table, tenant, size, changesAt, when);
}

/** The terminal of every tenth transaction. */
export const TERMINAL = 'T-10';

function atTerminal(order: ReturnType<typeof newOrder>): ReturnType<typeof newOrder> {
  return { ...order, service: { ...order.service, terminal: TERMINAL } };
}

/** Over how long the rows are spread; `BENCH_LIST_MINUTES=60` packs them into an hour. */
const SPREAD_MS = Number(process.env.BENCH_LIST_MINUTES ?? 0) * 60_000 || YEAR_MS;

function lately(): Span {
  const toMs = Date.now();
  return { fromMs: toMs - SPREAD_MS, toMs };
}

/**
 * The items of so many orders that were paid by card at once: every tenth came by a website, and
 * the contacts of the newest few of those have a name that no other one has.
 */
export function saleItems(
  table: string,
  tenant: Tenant,
  size: number,
  rare: number,
  when = lately(),
): Generator<Attributes> {
  const changesAt = (timeMs: number, index: number) => saleAt(timeMs, index, rare);
  return itemsOf(table, tenant, size, changesAt, when);
}

function saleAt(timeMs: number, index: number, rare: number): Change[] {
  const uuid = mintUuid(timeMs);
  const at = new Date(timeMs).toISOString();
  const isOfShop = index % 10 === 0;
  const purchase = isOfShop ? purchaseOf(index < rare * 10) : null;
  const made = newOrder({ uuid, createdAt: at, updatedAt: at, purchase });
  const entry = entryAt(made, mintUuid(timeMs), timeMs);
  const order: Order = {
    ...made,
    status: 'paid',
    captured: made.amount,
    transactions: [entry.transaction],
    cards: { [CARD.uuid]: CARD },
    standings: [{ since: at, stage: 'completed', payment: 'paid' }],
  };
  const payment = { channelType: isOfShop ? 'website' : 'external', channelSubType: null };
  return [
    { change: 'order', order, due: { kind: 'none' }, testClock: false },
    { change: 'listed', entry, payment, at },
  ];
}

function purchaseOf(isRare: boolean): Purchase {
  const name = isRare ? 'Rareword' : 'Common';
  return {
    contact: { id: isRare ? 'rare' : 'common', name, email: null, details: {} },
    channel: { type: 'website', subType: null, id: 'shop', name: null, details: null },
    items: [],
    summary: { subtotal: 1000, discount: 0, tax: null, shipping: null },
    taxes: [],
    coupon: null,
    subscription: null,
    createdBy: null,
  };
}

/** The items that changes spread evenly over a time leave, one after the other. */
function* itemsOf(
  table: string,
  tenant: Tenant,
  size: number,
  changesAt: (timeMs: number, index: number) => Change[],
  { fromMs, toMs }: Span,
): Generator<Attributes> {
  for (let index = 0; index < size; index += 1) {
    const timeMs = toMs - Math.floor(((toMs - fromMs) * (index + 1)) / (size + 1));
    for (const change of changesAt(timeMs, index)) {
      for (const write of LEDGER.writesOf(table, tenant, change)) {
        if (write.Put?.Item !== undefined) yield write.Put.Item;
      }
      for (const fact of LEDGER.factsOf(tenant, change)) yield fact.item;
    }
  }
}

export function entryAt(order: ReturnType<typeof newOrder>, uuid: string, timeMs: number) {
  const at = new Date(timeMs).toISOString();
  const { uuid: orderUuid, customer, additional, currency, service } = order;
  const entry: TransactionEntry = {
    order: { uuid: orderUuid, customer, additional, currency, service },
    transaction: {
      uuid,
      kind: 'sale',
      status: 'succeeded',
      amount: 1000,
      createdAt: at,
      updatedAt: at,
      card: CARD.uuid,
      ip: null,
      authorization: '123456',
      processorId: null,
      error: null,
      errorDescription: null,
      conditions: PLAIN_CONDITIONS,
    },
    card: CARD,
  };
  return entry;
}
