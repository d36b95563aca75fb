import { type Card, type CardSnapshot, snapshotOf } from '#ledger/cards/card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { OrderUuid, Uuid } from '#ledger/core/ids.ts';
import type { Service } from '#ledger/core/merchant.ts';
import { findService } from '#ledger/core/services.ts';
import type { Order } from '#ledger/orders/order.ts';
import { phoneOf } from '#ledger/orders/order-phone.ts';
import { beginPayout } from './begin-payment.ts';
import { destinationAccountOf } from './destination-account.ts';
import { orderToPay } from './order-to-pay.ts';
import { type OtherAccount, PLAIN_CONDITIONS } from './payment-conditions.ts';
import { runTransaction } from './run-transaction.ts';
import { payoutMethodsOf } from './service-methods.ts';
import { claimReference } from './stage-outcome.ts';

/** The destination that a merchant asked for. */
export interface PayoutInput {
  order: OrderUuid;
  /** A card or, for a transfer, an account of the order's customer. */
  card: Uuid | null;
  method: string | null;
  ip: string | null;
}

/**
 * Sends an order's money to a card that has paid before at its terminal, to the last card its
 * customer paid with there, or by another way that the service has (contract C.3, payout).
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch, card_not_found,
 * card_never_paid, payout_method_required, payout_method_not_supported,
 * payout_destination_missing, source_not_found, phone_required, reference_already_paid,
 * acquirer_not_configured
 */
export async function payOut(context: LedgerContext, input: PayoutInput): Promise<Order> {
  const order = await orderToPay(context, input.order);
  return runTransaction(context, order, async (attempt) => {
    const service = findService(context.merchant, order.service.uuid);
    const account = await accountOf(context, order, service, input);
    const card = account === null ? await receivingCard(context, order, service, input.card) : null;
    const conditions = { ...PLAIN_CONDITIONS, account };
    const begun = beginPayout(order, card, { ...attempt, ip: input.ip }, conditions);
    claimReference(context, begun);
    return { order: begun, card: null };
  });
}

/** The account to send to, or null for a card. */
async function accountOf(
  context: LedgerContext,
  order: Order,
  service: Service,
  input: PayoutInput,
): Promise<OtherAccount | null> {
  const method = methodOf(order, service, input);
  if (method === 'CARD') return null;
  if (method === 'TRANSFER') {
    const destination = await destinationAccountOf(context, order, input.card);
    if (destination !== null) return { method, phone: null, ...destination };
    throw new LedgerError('payout_destination_missing', order.uuid);
  }
  const phone = phoneOf(order);
  if (method === 'BIZUM' && phone === null) throw new LedgerError('phone_required', order.uuid);
  return { method, phone };
}

/** The method of a payout. `CARD` cannot be asked for: it is the default when none is named. */
function methodOf(order: Order, service: Service, { card, method }: PayoutInput): string {
  const methods = payoutMethodsOf(service);
  const others = methods.filter((one) => one !== 'CARD');
  const asked = method === 'CARD' ? null : method;
  if (asked === null) {
    if (card !== null || service.payoutMethods === undefined) return 'CARD';
    const [only] = methods;
    if (only !== undefined && methods.length === 1) return only;
    throw new LedgerError('payout_method_required', order.uuid, others.join(', '));
  }
  if (others.includes(asked)) return asked;
  throw new LedgerError('payout_method_not_supported', asked, others.join(', ') || 'cards only');
}

/** The card that is named, or the one that the customer has paid with last at this terminal. */
async function receivingCard(
  context: LedgerContext,
  order: Order,
  service: Service,
  wanted: Uuid | null,
): Promise<CardSnapshot> {
  if (order.customer === null) throw new LedgerError('order_without_customer', order.uuid);
  const hasPaid = (card: Card) => isSameTerminal(context, card.paidWith, service);
  if (wanted === null) return snapshotOf(await lastCardOf(context, order.customer, hasPaid));
  const { card } = await context.store.read(context.merchant, { card: wanted });
  if (card === null || card.customer !== order.customer) {
    throw new LedgerError('card_not_found', wanted);
  }
  if (hasPaid(card)) return snapshotOf(card);
  // Each payment has an entry of its own: the same card may have paid here under another one.
  const cards = await context.store.cardsOf(context.merchant, order.customer);
  const isKnown = cards.some((one) => one.fingerprint === card.fingerprint && hasPaid(one));
  if (!isKnown) throw new LedgerError('card_never_paid', wanted);
  return snapshotOf(card);
}

/**
 * The card the customer paid with last, of those that are left. The list of cards may lag behind
 * by moments on AWS: a payment that was made just now may not count yet.
 */
async function lastCardOf(
  context: LedgerContext,
  customer: string,
  hasPaid: (card: Card) => boolean,
): Promise<Card> {
  const cards = (await context.store.cardsOf(context.merchant, customer)).filter(hasPaid);
  const [last] = cards.sort((one, other) => (other.paidAt ?? '').localeCompare(one.paidAt ?? ''));
  if (last === undefined) throw new LedgerError('card_never_paid', customer);
  return last;
}

/** Services of one provider may share a terminal. */
function isSameTerminal(
  { merchant }: LedgerContext,
  paidWith: Uuid | null,
  here: Service,
): boolean {
  if (paidWith === here.uuid) return true;
  const there = merchant.services.find((one) => one.uuid === paidWith);
  if (there === undefined || here.terminal === null) return false;
  return there.type === here.type && there.terminal === here.terminal;
}
