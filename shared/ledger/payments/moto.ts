import { snapshotOf } from '#ledger/cards/card.ts';
import { type CardEntry, enterCard, type PayingCard } from '#ledger/cards/entered-card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { OrderUuid, Uuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import { beginCharge, requirePayable } from './begin-payment.ts';
import { orderToPay } from './order-to-pay.ts';
import { PLAIN_CONDITIONS } from './payment-conditions.ts';
import { runTransaction } from './run-transaction.ts';
import { claimReference } from './stage-outcome.ts';

/** The card of a payment: one of the customer's, or one that is typed in. */
export type CardChoice = { stored: Uuid } | { entered: CardEntry };

/**
 * Charges an order with a card that came by mail or telephone: never authenticated (contract C.3,
 * motoApiPayment).
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch, card_not_found,
 * reference_already_paid, acquirer_not_configured
 */
export async function chargeMoto(
  context: LedgerContext,
  input: {
    order: OrderUuid;
    channel: 'mail' | 'phone';
    card: CardChoice;
  },
): Promise<Order> {
  const order = await orderToPay(context, input.order);
  return runTransaction(context, order, async (attempt) => {
    requirePayable(order, attempt.now);
    const { snapshot, card, securityCode } = await chosenCard(context, order, input.card);
    const conditions = { ...PLAIN_CONDITIONS, channel: input.channel, securityCode };
    const begun = beginCharge(order, snapshot, attempt, conditions);
    claimReference(context, begun);
    return { order: begun, card };
  });
}

/**
 * The card that was chosen to pay an order.
 * @throws LedgerError card_not_found when it is unknown or not the customer's
 */
export async function chosenCard(
  context: LedgerContext,
  order: Order,
  choice: CardChoice,
): Promise<PayingCard> {
  if ('entered' in choice) return enterCard(context, order, choice.entered);
  const { card } = await context.store.read(context.merchant, { card: choice.stored });
  const isAllowed = card !== null && (order.customer === null || card.customer === order.customer);
  if (!isAllowed) throw new LedgerError('card_not_found', choice.stored);
  return { snapshot: snapshotOf(card), card, securityCode: 'unchecked' };
}
