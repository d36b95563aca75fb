import type { Card } from '#ledger/cards/card.ts';
import { isoNow, type LedgerContext, nowMs } from '#ledger/core/context.ts';
import { findService } from '#ledger/core/services.ts';
import {
  type Order,
  requireRoomForMoney,
  type Transaction,
  transactionOf,
} from '#ledger/orders/order.ts';
import type { SecurityPolicy } from '#ledger/security/security-policy.ts';
import type { AcquirerResult, Instruction } from './acquirer.ts';
import { applyResult } from './apply-result.ts';
import type { Attempt } from './begin-transaction.ts';
import { stageOrder, stageOutcome } from './stage-outcome.ts';
import { screenPayment } from './stop-payment.ts';

/** What a movement begins with. */
export interface BegunTransaction {
  order: Order;
  /** The stored card that pays, to be marked when it has paid. */
  card: Card | null;
  /** What payments are screened by, where that was read together with the order. */
  policy?: SecurityPolicy | null;
}

/**
 * The phases of a movement of money: intent, acquirer, outcome; see UnitOfWork. A repetition finds
 * its own transaction in the order and goes on from there instead of beginning again.
 * @throws LedgerError acquirer_not_configured, and what `begin` throws
 */
export async function runTransaction(
  context: LedgerContext,
  order: Order,
  begin: (attempt: Attempt) => BegunTransaction | Promise<BegunTransaction>,
): Promise<Order> {
  const { work } = context;
  const own = transactionOf(order, work.attempt);
  if (own !== null && own.status !== 'pending') return order;
  if (own !== null) return finish(context, order, own, 'find', await payingCard(context, own));
  // Before the intent is written: a service without an acquirer must leave no trace.
  context.requireAcquirer(findService(context.merchant, order.service.uuid));
  const begun = await begin(attemptOf(context));
  const screened = await screenPayment(context, begun.order, begun.policy);
  if (screened.isStopped) return screened.order;
  const written = stageOrder(context, requireRoomForMoney(screened.order));
  await work.checkpoint(context.realNowMs());
  const transaction = written.transactions.at(-1);
  if (transaction === undefined) throw new Error('An intent without a transaction');
  return finish(context, written, transaction, 'perform', begun.card);
}

/** The attempt of a request, at the merchant's time. */
export function attemptOf(context: LedgerContext): Attempt {
  const { work, merchant } = context;
  const attempt = { uuid: work.attempt, now: isoNow(context) };
  return merchant.faults?.refused ? { ...attempt, refused: true } : attempt;
}

/** Asks what became of a pending transaction, or sends it, and stages its outcome. */
export async function finish(
  context: LedgerContext,
  order: Order,
  transaction: Transaction,
  how: 'perform' | 'find',
  card: Card | null,
): Promise<Order> {
  const answer = await ask(context, order, transaction, how);
  const finished = applyResult(order, transaction.uuid, answer, isoNow(context));
  if (finished === order) {
    context.work.final = false;
    return order;
  }
  const written = stageOrder(context, finished);
  stageOutcome(context, written, transaction.uuid, card);
  return written;
}

/** The stored card that a payment is made with, if it is one and there still is one. */
export async function payingCard(
  context: LedgerContext,
  transaction: Transaction,
): Promise<Card | null> {
  const isPayment = transaction.kind === 'sale' || transaction.kind === 'hold';
  if (!isPayment || transaction.card === null) return null;
  const { card } = await context.store.read(context.merchant, { card: transaction.card });
  return card;
}

async function ask(
  context: LedgerContext,
  order: Order,
  transaction: Transaction,
  how: 'perform' | 'find',
): Promise<AcquirerResult> {
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
    device: transaction.device?.id ?? null,
    ip: transaction.ip,
    startedAt: transaction.createdAt,
    conditions: transaction.conditions,
    nowMs: nowMs(context),
  };
}
