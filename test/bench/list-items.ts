import type { Tenant } from '#ledger/core/merchant.ts';
import type { Change } from '#ledger/core/store.ts';
import type { TransactionEntry } from '#ledger/orders/order-store.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import type { Attributes } from '#store/core/items.ts';
import { LEDGER } from '#store/ledger.ts';
import { CARD, newOrder } from '#test/support/orders.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/**
 * The items that so many transactions, spread evenly over the last year, leave in the list: the
 * store's own writes.
 */
export function listItems(
  table: string,
  tenant: Tenant,
  size: number,
  mint: (timeMs: number) => string,
): Attributes[] {
  const order = newOrder();
  return itemsOf(table, tenant, size, (timeMs, index) => [
    {
      change: 'listed',
      entry: entryAt(index % 10 === 0 ? atTerminal(order) : order, mint(timeMs), timeMs),
      payment: null,
      at: new Date(timeMs).toISOString(),
    },
  ]);
}

/** The terminal of every tenth transaction. */
export const TERMINAL = 'T-10';

function atTerminal(order: ReturnType<typeof newOrder>): ReturnType<typeof newOrder> {
  return { ...order, service: { ...order.service, terminal: TERMINAL } };
}

/** Over how long the rows are spread; `BENCH_LIST_MINUTES=60` packs them into an hour. */
const SPREAD_MS = Number(process.env.BENCH_LIST_MINUTES ?? 0) * 60_000 || YEAR_MS;

/** The items that changes spread evenly over the last year leave. */
export function itemsOf(
  table: string,
  tenant: Tenant,
  size: number,
  changesAt: (timeMs: number, index: number) => Change[],
): Attributes[] {
  const items = new Map<string, Attributes>();
  for (let index = 0; index < size; index += 1) {
    const timeMs = Date.now() - Math.floor((SPREAD_MS * (index + 1)) / (size + 1));
    const changes = changesAt(timeMs, index);
    for (const write of changes.flatMap((one) => LEDGER.writesOf(table, tenant, one))) {
      const put = write.Put?.Item;
      if (put !== undefined) items.set(`${put.pk?.S}\n${put.sk?.S}`, put);
    }
    for (const fact of changes.flatMap((one) => LEDGER.factsOf(tenant, one))) {
      items.set(`${fact.item.pk?.S}\n${fact.item.sk?.S}`, fact.item);
    }
  }
  return [...items.values()];
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
