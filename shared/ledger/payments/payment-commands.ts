import { type Card, snapshotOf } from '#ledger/cards/card.ts';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { CardUuid, OrderUuid, Uuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import { type Order, pendingTransactions, type Transaction } from '#ledger/orders/order.ts';
import { getOrder } from '#ledger/orders/order-commands.ts';
import { beginCapture, beginRefund, beginVoid } from './begin-follow-up.ts';
import { beginCharge, requirePayable } from './begin-payment.ts';
import { leaveToPayer } from './leave-to-payer.ts';
import { refundShares } from './marketplace.ts';
import { requireOrderToPay } from './order-to-pay.ts';
import { finish, payingCard, runTransaction } from './run-transaction.ts';
import { claimReference, stageOrder } from './stage-outcome.ts';

/**
 * Charges an open order with a stored card of its customer; a secure one is left to its payer.
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch,
 * order_without_customer, card_not_found, reference_already_paid, acquirer_not_configured
 */
export async function charge(
  context: LedgerContext,
  input: { order: OrderUuid; card: CardUuid; ip: string | null },
): Promise<Order> {
  const {
    order: found,
    card,
    securityPolicy,
  } = await context.store.read(context.merchant, {
    order: input.order,
    card: input.card,
    securityPolicy: 'policy',
  });
  const order = requireOrderToPay(found, input.order);
  const isUnderWay = order.transactions.some((one) => one.uuid === context.work.attempt);
  if (!isUnderWay && order.secure) {
    requirePayable(order, isoNow(context));
    return leaveToPayer(context, order, ownCard(order, card, input.card));
  }
  return runTransaction(context, order, (attempt) => {
    const own = ownCard(order, card, input.card);
    const begun = beginCharge(order, snapshotOf(own), { ...attempt, ip: input.ip });
    claimReference(context, begun);
    return { order: begun, card: own, policy: securityPolicy };
  });
}

/** @throws LedgerError order_without_customer, card_not_found */
function ownCard(order: Order, card: Card | null, uuid: Uuid): Card {
  if (order.customer === null) throw new LedgerError('order_without_customer', order.uuid);
  if (card === null || card.customer !== order.customer) {
    throw new LedgerError('card_not_found', uuid);
  }
  return card;
}

/**
 * Captures held money; `amount` in minor units, null for all of it.
 * @throws LedgerError order_not_found, order_not_held, order_busy, capture_exceeds_held,
 * partial_capture_not_allowed
 */
export async function capture(
  context: LedgerContext,
  input: { order: OrderUuid; amount: number | null },
): Promise<Order> {
  const order = await getOrder(context, input.order);
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
export async function release(context: LedgerContext, input: { order: OrderUuid }): Promise<Order> {
  const order = await getOrder(context, input.order);
  return runTransaction(context, order, (attempt) => ({
    order: beginVoid(order, attempt),
    card: null,
  }));
}

/**
 * Refunds captured money; `amount` in minor units, null for everything left. A marketplace's shares
 * are kept with the order.
 * @throws LedgerError order_not_found, order_not_refundable, refund_exceeds_captured
 */
export async function refund(
  context: LedgerContext,
  input: { order: OrderUuid; amount: number | null; extraData?: Order['extraData'] },
): Promise<Order> {
  const order = await getOrder(context, input.order);
  const { extraData = null } = input;
  return runTransaction(context, order, (attempt) => {
    const begun = beginRefund(order, input.amount, attempt);
    if (extraData === null) return { order: begun, card: null };
    const noted = { ...begun, extraData: { ...begun.extraData, ...extraData } };
    return { order: withShares(noted, extraData), card: null };
  });
}

/** Keeps the shares of a refund with it, for the order shows those of the last refund only. */
function withShares(order: Order, extraData: Record<string, unknown>): Order {
  const refund = order.transactions.at(-1);
  if (refund === undefined) throw new Error('A refund without a transaction');
  const shares = refundShares(extraData, refund.amount);
  if (shares === null) return order;
  return { ...order, transactions: [...order.transactions.slice(0, -1), { ...refund, shares }] };
}

/**
 * Recovers the oldest pending transaction of an order that this run has not tried yet.
 * @returns whether there is another one
 */
export async function recoverNext(
  context: LedgerContext,
  order: Order,
  tried: Set<Uuid>,
): Promise<boolean> {
  const [next, ...others] = pendingTransactions(order).filter(({ uuid }) => !tried.has(uuid));
  if (next === undefined) return false;
  tried.add(next.uuid);
  await recover(context, order, next);
  return others.length > 0;
}

/**
 * Finishes a transaction that was left between intent and outcome (by default the oldest pending
 * one) by asking the acquirer for its outcome. While that is unknown the transaction stays pending
 * and due.
 */
export async function recover(
  context: LedgerContext,
  order: Order,
  transaction: Transaction | undefined = pendingTransactions(order)[0],
): Promise<Order> {
  if (transaction === undefined) return order;
  const card = await payingCard(context, transaction);
  const recovered = await finish(context, order, transaction, 'find', card);
  return recovered === order ? stageOrder(context, order) : recovered;
}
