import { type CardSnapshot, snapshotOf } from '#ledger/cards/card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import type { Order } from '#ledger/orders/order.ts';
import { beginPayout } from './begin-transaction.ts';
import { type OtherAccount, PLAIN_CONDITIONS } from './payment-conditions.ts';
import { phoneOf } from './push-and-bizum.ts';
import { runTransaction } from './run-transaction.ts';
import { claimReference } from './stage-outcome.ts';

/** Where a merchant wants money to go. */
export interface PayoutInput {
  order: Uuid;
  card: Uuid | null;
  method: string | null;
  ip: string | null;
}

/**
 * Sends an order's money to a card that has paid before, to the last card its customer paid with,
 * or by another way that the service has (contract C.3, payout).
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch, card_not_found,
 * card_never_paid, payout_method_required, payout_method_not_supported, phone_required,
 * reference_already_paid, acquirer_not_configured
 */
export async function payOut(context: LedgerContext, input: PayoutInput): Promise<Order> {
  const { order } = await context.store.read(context.merchant, { order: input.order });
  if (order === null) throw new LedgerError('order_not_payable', input.order);
  return runTransaction(context, order, async (attempt) => {
    const account = accountOf(context, order, input);
    const card = account === null ? await receivingCard(context, order, input.card) : null;
    const conditions = { ...PLAIN_CONDITIONS, account };
    const begun = beginPayout(order, card, { ...attempt, ip: input.ip }, conditions);
    claimReference(context, begun);
    return { order: begun, card: null };
  });
}

/** The account to send to, or null for a card. */
function accountOf(context: LedgerContext, order: Order, input: PayoutInput): OtherAccount | null {
  const service = findService(context.merchant, order.service.uuid);
  const methods =
    service.payoutMethods ?? (service.type === 'REDSYS' ? ['CARD', 'BIZUM'] : ['CARD']);
  const { method } = input;
  if (method === null) {
    const isClear = input.card !== null || service.payoutMethods === undefined;
    if (isClear || methods.length === 1) return null;
    throw new LedgerError('payout_method_required', order.uuid);
  }
  if (!methods.includes(method)) throw new LedgerError('payout_method_not_supported', method);
  const phone = phoneOf(order);
  if (method === 'BIZUM' && phone === null) throw new LedgerError('phone_required', order.uuid);
  return { method, phone };
}

async function receivingCard(
  context: LedgerContext,
  order: Order,
  wanted: Uuid | null,
): Promise<CardSnapshot> {
  if (order.customer === null) throw new LedgerError('order_without_customer', order.uuid);
  const uuid = wanted ?? (await lastCardOf(context, order.customer));
  const { card } = await context.store.read(context.merchant, { card: uuid });
  if (card === null || card.customer !== order.customer) {
    throw new LedgerError('card_not_found', uuid);
  }
  if (card.paidAt === null) throw new LedgerError('card_never_paid', uuid);
  return snapshotOf(card);
}

/** The last card the customer paid with; when that was deleted, the last one that is left. */
async function lastCardOf(context: LedgerContext, customer: string): Promise<Uuid> {
  const { lastCard } = await context.store.read(context.merchant, { lastCard: customer });
  if (lastCard === null) throw new LedgerError('card_never_paid', customer);
  const { card } = await context.store.read(context.merchant, { card: lastCard.card });
  if (card !== null) return card.uuid;
  const cards = await context.store.cardsOf(context.merchant, customer);
  const [last] = cards
    .flatMap(({ uuid, paidAt }) => (paidAt === null ? [] : [{ uuid, paidAt }]))
    .sort((one, other) => other.paidAt.localeCompare(one.paidAt));
  if (last === undefined) throw new LedgerError('card_never_paid', customer);
  return last.uuid;
}
