import { snapshotOf } from '#ledger/cards/card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import { type Order, pendingTransactions } from '#ledger/orders/order.ts';
import { beginCapture, beginCharge, beginRefund, beginVoid } from './begin-transaction.ts';
import { finish, payingCard, runTransaction } from './run-transaction.ts';
import { claimReference, stageOrder } from './stage-outcome.ts';

/**
 * Charges an open order with a stored card of its customer.
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch,
 * order_without_customer, card_not_found, reference_already_paid, acquirer_not_configured
 */
export async function charge(
  context: LedgerContext,
  input: { order: Uuid; card: Uuid; ip: string | null },
): Promise<Order> {
  const { order, card } = await context.store.read(context.merchant, {
    order: input.order,
    card: input.card,
  });
  // An unknown order answers like a consumed one (contract A.5).
  if (order === null) throw new LedgerError('order_not_payable', input.order);
  return runTransaction(context, order, (attempt) => {
    if (order.customer === null) throw new LedgerError('order_without_customer', order.uuid);
    if (card === null || card.customer !== order.customer) {
      throw new LedgerError('card_not_found', input.card);
    }
    const begun = beginCharge(order, snapshotOf(card), { ...attempt, ip: input.ip });
    claimReference(context, begun);
    return { order: begun, card };
  });
}

/**
 * Captures held money; `amount` in minor units, null for all of it.
 * @throws LedgerError order_not_found, order_not_held, order_busy, capture_exceeds_held,
 * partial_capture_not_allowed
 */
export async function capture(
  context: LedgerContext,
  input: { order: Uuid; amount: number | null },
): Promise<Order> {
  const order = await load(context, input.order);
  const service = findService(context.merchant, order.service.uuid);
  return runTransaction(context, order, (attempt) => ({
    order: beginCapture(order, service, input.amount, attempt),
    card: null,
  }));
}

/**
 * Releases held money.
 * @throws LedgerError order_not_found, order_not_held, order_busy
 */
export async function release(context: LedgerContext, input: { order: Uuid }): Promise<Order> {
  const order = await load(context, input.order);
  return runTransaction(context, order, (attempt) => ({
    order: beginVoid(order, attempt),
    card: null,
  }));
}

/**
 * Returns captured money; `amount` in minor units, null for everything left. What the marketplace's
 * merchants return is kept with the order.
 * @throws LedgerError order_not_found, order_not_refundable, refund_exceeds_captured
 */
export async function refund(
  context: LedgerContext,
  input: { order: Uuid; amount: number | null; extraData?: Order['extraData'] },
): Promise<Order> {
  const order = await load(context, input.order);
  const { extraData = null } = input;
  return runTransaction(context, order, (attempt) => {
    const begun = beginRefund(order, input.amount, attempt);
    if (extraData === null) return { order: begun, card: null };
    return { order: { ...begun, extraData: { ...begun.extraData, ...extraData } }, card: null };
  });
}

/**
 * Finishes the oldest transaction of an order that was left between intent and outcome, by asking
 * the acquirer what became of it. What nobody knows yet stays pending and is due again.
 */
export async function recover(context: LedgerContext, order: Order): Promise<Order> {
  const [transaction] = pendingTransactions(order);
  if (transaction === undefined) return order;
  const card = await payingCard(context, transaction);
  const recovered = await finish(context, order, transaction, 'find', card);
  return recovered === order ? stageOrder(context, order) : recovered;
}

async function load(context: LedgerContext, uuid: Uuid): Promise<Order> {
  const { order } = await context.store.read(context.merchant, { order: uuid });
  if (order === null) throw new LedgerError('order_not_found', uuid);
  return order;
}
