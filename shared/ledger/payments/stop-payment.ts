import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import type { Order, OrderStatus, Transaction } from '#ledger/orders/order.ts';
import { moveTo } from '#ledger/orders/order-transitions.ts';
import { type Screening, screen } from '#ledger/security/screening.ts';
import type { SecurityPolicy } from '#ledger/security/security-policy.ts';
import { stageOrder, stageOutcome } from './stage-outcome.ts';

/**
 * The result of screening: a payment that may be sent, or one that is refused and staged as
 * refused.
 */
export type Screened = { order: Order; isStopped: boolean };

/**
 * Screens a payment before its intent is written. A payment that lists or rules refuse, or want
 * authenticated first, never reaches the acquirer: intent and outcome are one write.
 */
export async function screenPayment(
  context: LedgerContext,
  begun: Order,
  policy?: SecurityPolicy | null,
): Promise<Screened> {
  const screening = await screen(context, begun, policy);
  const order = withAntifraud(begun, screening);
  if (screening.decision !== 'proceed') {
    return { order: stop(context, order, screening.decision), isStopped: true };
  }
  context.work.stage(
    ...screening.counts.map((count) => ({ change: 'velocity_counted' as const, count })),
  );
  return { order, isStopped: false };
}

/**
 * Refuses a payment before its authentication when a black list or the rules do, so that the issuer
 * is not asked either. Null when it may go on.
 */
export async function stopIfBarred(context: LedgerContext, begun: Order): Promise<Order | null> {
  const screening = await screen(context, begun);
  const { decision } = screening;
  if (decision !== 'blacklisted' && decision !== 'fraud') return null;
  return stop(context, withAntifraud(begun, screening), decision);
}

const STATUS: Record<Exclude<Screening['decision'], 'proceed'>, OrderStatus> = {
  blacklisted: 'blacklisted',
  fraud: 'fraud',
  authenticate: 'redirected_to_authentication',
  unattended: 'refused',
};

const NOBODY = '; the payer is not there to authenticate';

function stop(
  context: LedgerContext,
  begun: Order,
  decision: Exclude<Screening['decision'], 'proceed'>,
): Order {
  const transaction = lastOf(begun);
  const { evaluation = 'NONE', reasons = [] } = transaction.antifraud ?? {};
  const now = isoNow(context);
  const refused: Transaction = {
    ...transaction,
    status: 'refused',
    updatedAt: now,
    error: evaluation,
    errorDescription: `Security rules: ${reasons.join(', ')}${decision === 'unattended' ? NOBODY : ''}`,
  };
  const stopped = moveTo(withLast(begun, refused), STATUS[decision]);
  // Who is to authenticate goes on to pay and keeps the reference, as after a soft decline.
  if (decision !== 'authenticate') context.work.withdraw('reference_claimed');
  const written = stageOrder(context, stopped);
  stageOutcome(context, written, transaction.uuid, null, begun.transactions.length > 1);
  return written;
}

function withAntifraud(order: Order, { antifraud }: Screening): Order {
  if (antifraud === null) return order;
  return withLast(order, { ...lastOf(order), antifraud });
}

function lastOf(order: Order): Transaction {
  const transaction = order.transactions.at(-1);
  if (transaction === undefined) throw new Error('A payment without a transaction');
  return transaction;
}

function withLast(order: Order, transaction: Transaction): Order {
  return { ...order, transactions: [...order.transactions.slice(0, -1), transaction] };
}
