import type { Answer, Instruction } from './acquirer.ts';
import { type Card, snapshotOf } from './card.ts';
import { isoNow, type LedgerContext, nowMs } from './context.ts';
import { LedgerError } from './errors.ts';
import { derivedUuid, objectIdFromUuid, type Uuid } from './ids.ts';
import { isPayment, searchTextOf } from './lists.ts';
import type { Notification } from './notification.ts';
import { type Order, pendingTransactions, type Transaction } from './order.ts';
import {
  type Attempt,
  beginCapture,
  beginCharge,
  beginRefund,
  beginVoid,
  dueOf,
  settle,
} from './rules.ts';
import { DIRECT_CHANNEL } from './sale.ts';
import { findService } from './services.ts';
import type { Change, PaymentFacets } from './store.ts';

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
  const found = order;
  return move(
    context,
    found,
    (attempt) => {
      if (found.customer === null) throw new LedgerError('order_without_customer', found.uuid);
      if (card === null || card.customer !== found.customer) {
        throw new LedgerError('card_not_found', input.card);
      }
      const begun = beginCharge(found, snapshotOf(card), { ...attempt, ip: input.ip });
      if (begun.reference !== null) {
        context.work.stage({
          change: 'reference_claimed',
          reference: begun.reference,
          order: begun.uuid,
        });
      }
      return begun;
    },
    card,
  );
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
  return move(context, order, (attempt) => beginCapture(order, service, input.amount, attempt));
}

/**
 * Releases held money.
 * @throws LedgerError order_not_found, order_not_held, order_busy
 */
export async function release(context: LedgerContext, input: { order: Uuid }): Promise<Order> {
  const order = await load(context, input.order);
  return move(context, order, (attempt) => beginVoid(order, attempt));
}

/**
 * Returns captured money; `amount` in minor units, null for everything left.
 * @throws LedgerError order_not_found, order_not_refundable, refund_exceeds_captured
 */
export async function refund(
  context: LedgerContext,
  input: { order: Uuid; amount: number | null },
): Promise<Order> {
  const order = await load(context, input.order);
  return move(context, order, (attempt) => beginRefund(order, input.amount, attempt));
}

/**
 * Finishes the oldest transaction of an order that was left between intent and outcome, by asking
 * the acquirer what became of it. What nobody knows yet stays pending and is due again.
 */
export async function recover(context: LedgerContext, order: Order): Promise<Order> {
  const [transaction] = pendingTransactions(order);
  if (transaction === undefined) return order;
  const { card } =
    transaction.card === null
      ? { card: null }
      : await context.store.read(context.merchant, { card: transaction.card });
  const isPayment = transaction.kind === 'sale' || transaction.kind === 'hold';
  const recovered = await finish(context, order, transaction, 'find', isPayment ? card : null);
  return recovered === order ? stageOrder(context, order) : recovered;
}

/** The phases of a movement of money: intent, acquirer, outcome; see UnitOfWork. */
async function move(
  context: LedgerContext,
  order: Order,
  begin: (attempt: Attempt) => Order,
  card: Card | null = null,
): Promise<Order> {
  const { work } = context;
  const own = order.transactions.find((transaction) => transaction.uuid === work.attempt);
  if (own !== undefined && own.status !== 'pending') return order;
  if (own !== undefined) return finish(context, order, own, 'find', card);
  // Before the intent is written: a service without an acquirer must leave no trace.
  context.acquirerOf(findService(context.merchant, order.service.uuid));
  const intent = begin({ uuid: work.attempt, now: isoNow(context) });
  const written = stageOrder(context, intent);
  await work.checkpoint(context.realNowMs());
  const transaction = written.transactions.at(-1);
  if (transaction === undefined) throw new Error('An intent without a transaction');
  return finish(context, written, transaction, 'perform', card);
}

async function finish(
  context: LedgerContext,
  order: Order,
  transaction: Transaction,
  how: 'perform' | 'find',
  card: Card | null,
): Promise<Order> {
  const answer = await ask(context, order, transaction, how);
  const settled = settle(order, transaction.uuid, answer, isoNow(context));
  if (settled === order) {
    context.work.final = false;
    return order;
  }
  const written = stageOrder(context, settled);
  stageOutcome(context, written, transaction.uuid, card);
  return written;
}

async function ask(
  context: LedgerContext,
  order: Order,
  transaction: Transaction,
  how: 'perform' | 'find',
): Promise<Answer> {
  const known = context.answers.get(transaction.uuid);
  if (known !== undefined) return known;
  const instruction = instructionOf(context, order, transaction);
  const acquirer = context.acquirerOf(instruction.service);
  let answer =
    how === 'find' ? await acquirer.find(instruction) : { result: 'never_received' as const };
  if (answer.result === 'never_received') answer = await acquirer.perform(instruction);
  context.answers.set(transaction.uuid, answer);
  return answer;
}

function instructionOf(
  context: LedgerContext,
  order: Order,
  transaction: Transaction,
): Instruction {
  const payment = order.transactions.find((one) => one.status === 'succeeded');
  return {
    reference: transaction.uuid,
    kind: transaction.kind,
    tenant: { merchant: context.merchant.merchant, environment: context.merchant.environment },
    service: findService(context.merchant, order.service.uuid),
    amount: transaction.amount,
    currency: order.currency,
    card: transaction.card === null ? null : (order.cards[transaction.card] ?? null),
    original: payment?.uuid ?? null,
    ip: transaction.ip,
    nowMs: nowMs(context),
  };
}

/** Stages an order as its next version. */
export function stageOrder(context: LedgerContext, order: Order): Order {
  const next = { ...order, version: order.version + 1 };
  const due = dueOf(next, context.recoverAfterMs, context.realNowMs());
  context.work.stage({ change: 'order', order: next, due, ownClock: context.merchant.ownClock });
  return next;
}

function stageOutcome(
  context: LedgerContext,
  order: Order,
  transactionUuid: Uuid,
  card: Card | null,
): void {
  const transaction = order.transactions.find((one) => one.uuid === transactionUuid);
  if (transaction === undefined) throw new Error('An outcome without a transaction');
  context.work.stage(
    listed(order, transaction),
    ...notificationOf(context, order, transactionUuid),
  );
  if (order.reference !== null && (order.status === 'refused' || order.status === 'voided')) {
    context.work.stage({
      change: 'reference_released',
      reference: order.reference,
      order: order.uuid,
    });
  }
  if (card !== null && transaction.status === 'succeeded') stageCardUse(context, card, transaction);
}

/** Lists a finished transaction, a payment also among the payments. */
export function listed(order: Order, transaction: Transaction): Change {
  const { uuid, customer, additional, currency, service } = order;
  return {
    change: 'listed',
    entry: {
      transaction,
      order: { uuid, customer, additional, currency, service },
      card: transaction.card === null ? null : (order.cards[transaction.card] ?? null),
    },
    payment: isPayment(transaction) ? facetsOf(order) : null,
  };
}

function facetsOf(order: Order): PaymentFacets {
  const { type, subType } = order.sale?.channel ?? DIRECT_CHANNEL;
  return { channelType: type, channelSubType: subType, text: searchTextOf(order) };
}

/** The outbox entry of a state change, when the order names somebody to tell. */
export function notificationOf(context: LedgerContext, order: Order, cause: Uuid): Change[] {
  const id = objectIdFromUuid(cause);
  if (order.notifyUrl === null || id === null) return [];
  const realNow = new Date(context.realNowMs()).toISOString();
  const notification: Notification = {
    id,
    version: 1,
    url: order.notifyUrl,
    order,
    state: 'due',
    createdAt: realNow,
    dueAt: realNow,
    attempts: [],
  };
  return [{ change: 'notification', orderUuid: order.uuid, notification }];
}

/**
 * A card's first payment marks its entry; every further one adds an entry, so that the list of a
 * customer's cards shows one per payment (contract C.6, `unique`).
 */
function stageCardUse(context: LedgerContext, card: Card, transaction: Transaction): void {
  const paidAt = transaction.updatedAt;
  const used = { ...card, paidAt, validatedAt: card.validatedAt ?? paidAt };
  context.work.stage({
    change: 'card',
    card:
      card.paidAt === null
        ? { ...used, version: card.version + 1 }
        : { ...used, uuid: derivedUuid(transaction.uuid, 0), createdAt: paidAt, version: 1 },
  });
}

async function load(context: LedgerContext, uuid: Uuid): Promise<Order> {
  const { order } = await context.store.read(context.merchant, { order: uuid });
  if (order === null) throw new LedgerError('order_not_found', uuid);
  return order;
}
