import { type LedgerContext, nowMs } from '#ledger/core/context.ts';
import { mintObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Change } from '#ledger/core/store.ts';
import type { CustomerFile } from '#ledger/customers/customer-file.ts';
import { fileOf } from '#ledger/customers/customer-file-commands.ts';
import { withoutPerson } from '#ledger/customers/forget-customer.ts';
import { isOpen, type Order, pendingTransactions } from '#ledger/orders/order.ts';
import { isSale } from '#ledger/orders/order-lists.ts';
import { listed, stageOrder } from '#ledger/payments/stage-outcome.ts';
import { inLedger, type LedgerTarget } from './in-ledger.ts';

/** Everything that is known of a customer, as the person may ask for it. */
export interface CustomerExport {
  customer: string;
  profile: CustomerFile['profile'];
  addresses: CustomerFile['addresses'];
  accounts: { uuid: string; type: string; number: string }[];
  banks: { uuid: string; holder: string; iban: string; bank: string | null }[];
  cards: { uuid: string; holder: string; brand: string; last4: string; expires: string }[];
  orders: Order[];
}

/** So many orders are looked through, and so many items written, at a time. */
const PAGE = 200;
const MAX_CHANGES = 40;

/**
 * All that is kept of a customer. Sales are found by looking through all of the merchant's: nothing
 * lists them by customer.
 * @throws when there is nothing of such a customer
 */
export function exportCustomer(
  target: LedgerTarget,
  tenant: Tenant,
  customer: string,
): Promise<CustomerExport> {
  return inLedger(target, tenant, async (context) => {
    const { file, cards, orders } = await everythingOf(context, customer);
    const { vault } = context;
    return {
      customer,
      profile: file.profile,
      addresses: file.addresses,
      accounts: file.accounts.map(({ uuid, type, encryptedNumber }) => {
        return { uuid, type, number: vault.decrypt(encryptedNumber) };
      }),
      banks: file.banks.map(({ uuid, holder, encryptedIban, bank }) => {
        return { uuid, holder, iban: vault.decrypt(encryptedIban), bank };
      }),
      cards: cards.map(({ uuid, holder, brand, last4, expiryMonth, expiryYear }) => {
        return { uuid, holder, brand, last4, expires: `${expiryMonth}/${expiryYear}` };
      }),
      orders,
    };
  });
}

/**
 * Forgets a customer: what is kept of the person is deleted, and orders with all that repeats them
 * keep amounts and references only. An interruption leaves the rest to be forgotten again.
 * @throws when there is nothing of such a customer, or orders that may still be paid
 */
export async function forgetCustomer(
  target: LedgerTarget,
  tenant: Tenant,
  customer: string,
): Promise<{ pseudonym: string; orders: number; cards: number }> {
  const known = await inLedger(target, tenant, (context) => everythingOf(context, customer));
  const open = known.orders.filter((one) => isOpen(one) || pendingTransactions(one).length > 0);
  if (open.length > 0) {
    const names = open.map(({ uuid }) => uuid).join(', ');
    throw new Error(`Orders may still be paid, wait until they are closed: ${names}`);
  }
  const pseudonym = `forgotten-${mintObjectId(Date.now())}`;
  for (const { uuid } of known.orders) {
    await inLedger(target, tenant, (context) => forgetOrder(context, uuid, pseudonym));
  }
  const deletions = known.cards.map((card) => ({ change: 'card_deleted' as const, card }));
  await commitAll(target, tenant, deletions);
  await inLedger(target, tenant, async (context) => {
    const [file, { customer: found }] = await Promise.all([
      fileOf(context, customer),
      context.store.read(context.merchant, { customer }),
    ]);
    const parts = [...file.addresses, ...file.accounts, ...file.banks];
    await commitAll(
      target,
      tenant,
      parts.map(({ uuid }) => ({ change: 'customer_part_deleted' as const, uuid })),
    );
    if (file.version > 0) context.work.stage({ change: 'customer_file_deleted', file });
    const version = found?.version ?? null;
    context.work.stage({ change: 'customer_deleted', customer, version });
  });
  return { pseudonym, orders: known.orders.length, cards: known.cards.length };
}

/** What repeats the order goes first: the order itself says whose it was until that is done. */
async function forgetOrder(context: LedgerContext, uuid: string, pseudonym: string): Promise<void> {
  const { store, merchant } = context;
  const [{ order, notifications }, messages] = await Promise.all([
    store.history(merchant, uuid),
    store.messages(merchant, uuid),
  ]);
  if (order === null) return;
  const forgotten = withoutPerson(order, pseudonym);
  const rows = { change: 'rows_rewritten' as const, order: forgotten, before: order };
  const repeated: Change[] = [
    ...notifications.map((one) => ({
      change: 'notification' as const,
      orderUuid: uuid,
      notification: {
        ...one,
        version: one.version + 1,
        order: one.order === null ? null : withoutPerson(one.order, pseudonym),
      },
    })),
    ...messages.map((one) => ({
      change: 'message' as const,
      message: { ...one, version: one.version + 1, to: '', ...unsent(one.state) },
    })),
    ...(isSale(order) ? [rows] : []),
    ...forgotten.transactions
      .filter((transaction) => transaction.status !== 'pending')
      .map((transaction) => ({
        change: 'rows_rewritten' as const,
        listed: listed(forgotten, transaction),
      })),
  ];
  for (let at = 0; at < repeated.length; at += MAX_CHANGES) {
    await store.commit(merchant, repeated.slice(at, at + MAX_CHANGES));
  }
  // By its row a payout is found: an interruption must leave both.
  if (!isSale(order)) context.work.stage(rows);
  stageOrder(context, { ...forgotten, updatedAt: new Date(nowMs(context)).toISOString() });
}

function unsent(state: 'due' | 'sent' | 'given_up') {
  return state === 'due' ? { state: 'given_up' as const, dueAt: null } : {};
}

async function everythingOf(context: LedgerContext, customer: string) {
  const { store, merchant } = context;
  const [file, { customer: known }, cards, orders] = await Promise.all([
    fileOf(context, customer),
    store.read(merchant, { customer }),
    store.cardsOf(merchant, customer),
    ordersOf(context, customer),
  ]);
  const isUnknown = known === null && file.version === 0 && cards.length + orders.length === 0;
  if (isUnknown) throw new Error(`There is no customer "${customer}"`);
  return { file, cards, orders };
}

/**
 * The orders of a customer. Payouts that an earlier version wrote, when nothing listed them by
 * customer, are found by their transactions.
 */
async function ordersOf({ store, merchant }: LedgerContext, customer: string): Promise<Order[]> {
  const payouts = await store.payoutsOf(merchant, customer);
  const found = new Map(payouts.map((order) => [order.uuid, order]));
  const window = { fromMs: null, toMs: null, limit: PAGE };
  for (let offset = 0; ; offset += PAGE) {
    const { entries } = await store.orders(merchant, { ...window, offset }, {});
    for (const order of entries) if (order.customer === customer) found.set(order.uuid, order);
    if (entries.length < PAGE) break;
  }
  for (let offset = 0; ; offset += PAGE) {
    const rows = await store.transactions(merchant, { ...window, offset, terminal: null });
    const missing = rows.filter(
      ({ order }) => order.customer === customer && !found.has(order.uuid),
    );
    for (const { order: row } of missing) {
      const { order } = await store.read(merchant, { order: row.uuid });
      if (order?.customer === customer) found.set(order.uuid, order);
    }
    if (rows.length < PAGE) break;
  }
  return [...found.values()];
}

async function commitAll(
  { ledger }: LedgerTarget,
  tenant: Tenant,
  changes: readonly Change[],
): Promise<void> {
  for (let at = 0; at < changes.length; at += MAX_CHANGES) {
    await ledger.commit(tenant, changes.slice(at, at + MAX_CHANGES));
  }
}
