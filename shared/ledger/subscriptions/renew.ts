import { type Card, snapshotOf } from '#ledger/cards/card.ts';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import type { TransactionUuid } from '#ledger/core/ids.ts';
import { type Order, transactionOf } from '#ledger/orders/order.ts';
import { beginCharge } from '#ledger/payments/begin-payment.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import { runTransaction } from '#ledger/payments/run-transaction.ts';
import type { Billed } from './billed-subscription.ts';
import { type ChargeOutcome, isDue } from './billing.ts';
import { barOrder, newOrder, orderOf } from './charge-order.ts';
import { closeBilling, type Renewed, record, type StageNew } from './record-charge.ts';

/**
 * Makes the charge of a subscription that is due, in the phases of every transaction (see
 * `runTransaction`), as the work whose identity is that charge's:
 *
 *   intent ── the order with its pending transaction, if its place is free
 *   ask the acquirer
 *   outcome ── order, payment, the billing's next charge, who is told
 *
 * Whoever comes second finds the order and asks what became of its transaction, or finds that the
 * billing has moved on and does nothing. A billing whose outcome nobody knows yet stays due. Who
 * decides that there will be no charge takes the place of its order (`barOrder`), so that the
 * intent of somebody who has read the billing before fails.
 * @throws LedgerError acquirer_not_configured
 */
export async function renew(context: LedgerContext, kept: Billed): Promise<Renewed> {
  const { subscription, billing } = kept;
  const { next } = billing;
  if (next === null || !isDue(billing, isoNow(context))) return { ...kept, payment: null };
  const { order: known, card } = await context.store.read(context.merchant, {
    order: orderOf(next),
    card: subscription.billing.card,
  });
  if (known === null && billing.state !== 'running') return closeBilling(context, kept);
  const order = known ?? newOrder(context, kept, next, card);
  if (typeof order !== 'string') return charge(context, kept, order, card);
  // Who has read the card in time may be about to charge it.
  if (order === 'failed') barOrder(context, next);
  return record(context, kept, order, null);
}

/**
 * Runs the transaction of a charge and records its outcome, if it is known. That of a new
 * subscription is created with the intent.
 */
export async function charge(
  context: LedgerContext,
  kept: Billed,
  order: Order,
  card: Card | null,
  stageNew: StageNew | null = null,
): Promise<Renewed> {
  const { work } = context;
  const { subscription, billing } = kept;
  if (billing.next?.transaction !== work.attempt) throw new Error('Not the work of this charge');
  const written = await runTransaction(context, order, (attempt) => {
    if (card === null) throw new Error('A charge without a card');
    stageNew?.(kept);
    const conditions = { ...PLAIN_CONDITIONS, channel: 'recurring' as const };
    return { order: beginCharge(order, snapshotOf(card), attempt, conditions), card };
  });
  const outcome = outcomeOf(written, work.attempt);
  if (outcome === null) return { ...kept, payment: null };
  if (written.version === 1) {
    // Stopped before it was sent: intent and outcome are one write.
    for (const kind of ['billing', 'subscription'] as const) work.withdraw(kind);
    return record(context, kept, outcome, written, stageNew);
  }
  const version = stageNew === null ? billing.version : 1;
  return record(context, { subscription, billing: { ...billing, version } }, outcome, written);
}

function outcomeOf(order: Order, transaction: TransactionUuid): ChargeOutcome | null {
  const made = transactionOf(order, transaction);
  if (made === null || made.status === 'pending') return null;
  if (made.status !== 'succeeded') return 'refused';
  return made.kind === 'hold' ? 'held' : 'paid';
}
