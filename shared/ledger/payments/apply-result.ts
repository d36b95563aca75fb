import type { TransactionUuid } from '#ledger/core/ids.ts';
import type { PresentedCard } from '#ledger/devices/device.ts';
import type { Order, Transaction, TransactionKind } from '#ledger/orders/order.ts';
import { moveTo } from '#ledger/orders/order-transitions.ts';
import type { AcquirerResult } from './acquirer.ts';
import { isAttended } from './payment-conditions.ts';

/**
 * Finishes a pending transaction with the acquirer's answer. The order is returned unchanged when
 * the transaction is no longer pending, or the outcome is unknown.
 */
export function applyResult(
  order: Order,
  transaction: TransactionUuid,
  answer: AcquirerResult,
  now: string,
): Order {
  const pending = order.transactions.find((one) => one.uuid === transaction);
  if (pending?.status !== 'pending' || answer.result === 'unknown') return order;
  const finished = finishedTransaction(pending, answer, now);
  const next = {
    ...order,
    updatedAt: now,
    transactions: order.transactions.map((one) => (one === pending ? finished : one)),
  };
  if (answer.result === 'approved') {
    return approve(next, finished, answer.networkTransactionId);
  }
  if (!decidesOrder(finished.kind)) return next;
  if (answer.result === 'cancelled') return moveTo(next, 'voided');
  const isAsked = answer.result === 'authentication_required' && canBeAsked(finished);
  return moveTo(next, isAsked ? 'authentication_required' : 'refused');
}

/**
 * Only the holder of a card can be asked to authenticate, who is not there when a subscription or
 * a row of a file is charged; nobody is asked to receive money.
 */
function canBeAsked({ kind, card, conditions }: Transaction): boolean {
  return card !== null && kind !== 'payout' && isAttended(conditions);
}

/** Whether the order's status depends on it, also when it is refused. */
function decidesOrder(kind: TransactionKind): boolean {
  return kind === 'sale' || kind === 'hold' || kind === 'payout';
}

function finishedTransaction(
  pending: Transaction,
  answer: Exclude<AcquirerResult, { result: 'unknown' }>,
  now: string,
): Transaction {
  if (answer.result === 'approved') {
    const { amount, authorization, processorId } = answer;
    return {
      ...withPresented(pending, answer.presented),
      status: 'succeeded',
      updatedAt: now,
      amount,
      authorization,
      processorId,
    };
  }
  if (answer.result === 'cancelled') return { ...pending, status: 'cancelled', updatedAt: now };
  const presented = answer.result === 'refused' ? answer.presented : undefined;
  return {
    ...withPresented(pending, presented),
    status: 'refused',
    updatedAt: now,
    processorId: answer.result === 'refused' ? answer.processorId : null,
    error: answer.code,
    errorDescription: answer.description,
  };
}

function withPresented(pending: Transaction, presented: PresentedCard | undefined): Transaction {
  if (pending.device === undefined || presented === undefined) return pending;
  return { ...pending, device: { ...pending.device, presented } };
}

function approve(order: Order, transaction: Transaction, networkTransactionId: string | null) {
  const { amount } = transaction;
  switch (transaction.kind) {
    case 'sale':
      return {
        ...moveTo(withValidCard(order, transaction), 'paid'),
        captured: amount,
        networkTransactionId,
      };
    case 'hold':
      return {
        ...moveTo(withValidCard(order, transaction), 'held'),
        held: amount,
        networkTransactionId,
      };
    case 'capture':
      return {
        ...moveTo(order, amount < order.held ? 'partially_captured' : 'paid'),
        captured: amount,
        held: 0,
      };
    case 'void':
      return { ...moveTo(order, 'voided'), held: 0 };
    case 'payout':
      return moveTo(order, 'paid');
    case 'refund':
      return refunded(order, amount);
    default:
      throw new Error(`No rule finishes a ${transaction.kind}`);
  }
}

function refunded(order: Order, amount: number): Order {
  const total = order.refunded + amount;
  const status = total === order.captured ? 'refunded' : 'partially_refunded';
  return { ...(status === order.status ? order : moveTo(order, status)), refunded: total };
}

/** A card that has paid is a valid one, also in the answer of its first payment. */
function withValidCard(order: Order, { card: uuid, updatedAt }: Transaction): Order {
  const card = uuid === null ? undefined : order.cards[uuid];
  if (card === undefined || card.validatedAt !== null) return order;
  return { ...order, cards: { ...order.cards, [card.uuid]: { ...card, validatedAt: updatedAt } } };
}
