import { type CardSnapshot, snapshotOf } from '#ledger/cards/card.ts';
import type { PayingCard } from '#ledger/cards/entered-card.ts';
import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { OrderUuid, Uuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import { type Order, transactionOf } from '#ledger/orders/order.ts';
import {
  answerAuthentication,
  authenticatedTerms,
  beginAuthentication,
  canAuthenticate,
} from './authentication-rules.ts';
import { beginAuthenticatedCharge, beginCharge, requirePayable } from './begin-payment.ts';
import { decline } from './declines.ts';
import { type CardChoice, chosenCard } from './moto.ts';
import { orderToPay } from './order-to-pay.ts';
import type { Payer } from './payer.ts';
import { PLAIN_CONDITIONS } from './payment-conditions.ts';
import { runTransaction } from './run-transaction.ts';
import { claimReference, stageOrder } from './stage-outcome.ts';
import { stopIfBarred } from './stop-payment.ts';

/**
 * Pays an order with a card that its payer chose on a page. A secure order is paid after 3-D
 * Secure: at once if the issuer asks nothing, else by `finishAuthentication`.
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch, card_not_found,
 * reference_already_paid, acquirer_not_configured
 */
export async function payByCard(
  context: LedgerContext,
  input: { order: OrderUuid; card: CardChoice; payer: Payer },
): Promise<Order> {
  const order = await orderToPay(context, input.order);
  const isUnderWay = transactionOf(order, context.work.attempt) !== null;
  if (isUnderWay || !order.secure) return payDirectly(context, order, input);
  requirePayable(order, isoNow(context));
  const paying = await chosenCard(context, order, input.card);
  const attempt = { uuid: context.work.attempt, now: isoNow(context), ...input.payer };
  const barred = await stopIfBarred(context, beginCharge(order, paying.snapshot, attempt));
  if (barred !== null) return barred;
  const asked = await ask(context, order, paying);
  if (asked.authentication?.flow === 'CHALLENGE') return stageOrder(context, asked);
  return conclude(context, asked, { agrees: true, payer: input.payer }, paying);
}

/**
 * Begins to authenticate the payer of an order that names a card or whose issuer wants it
 * (contract C.3, E.5). An order that waits for its payer already is returned as it is.
 * @throws LedgerError order_not_payable, card_not_found, acquirer_not_configured
 */
export async function startAuthentication(context: LedgerContext, uuid: Uuid): Promise<Order> {
  const order = await orderToPay(context, uuid);
  if (!canAuthenticate(order, isoNow(context))) return order;
  const paying = await cardToAuthenticate(context, order);
  if (order.transactions.length === 0) {
    const attempt = { uuid: context.work.attempt, now: isoNow(context) };
    const barred = await stopIfBarred(context, beginCharge(order, paying.snapshot, attempt));
    if (barred !== null) return barred;
  }
  return stageOrder(context, await ask(context, order, paying));
}

/**
 * Finishes the payment of an order whose payer has answered the issuer.
 * @throws LedgerError order_not_payable, order_busy, reference_already_paid
 */
export async function finishAuthentication(
  context: LedgerContext,
  input: { order: OrderUuid; agrees: boolean; payer: Payer },
): Promise<Order> {
  const order = await orderToPay(context, input.order);
  const uuid = order.authentication?.card ?? '';
  const { card } = await context.store.read(context.merchant, { card: uuid });
  const snapshot = order.cards[uuid];
  if (snapshot === undefined) throw new LedgerError('order_not_payable', order.uuid);
  return conclude(context, order, input, { snapshot, card });
}

function payDirectly(
  context: LedgerContext,
  order: Order,
  input: { card: CardChoice; payer: Payer },
): Promise<Order> {
  return runTransaction(context, order, async (attempt) => {
    requirePayable(order, attempt.now);
    const { snapshot, card, securityCode } = await chosenCard(context, order, input.card);
    const conditions = { ...PLAIN_CONDITIONS, securityCode };
    const begun = beginCharge(order, snapshot, { ...attempt, ...input.payer }, conditions);
    claimReference(context, begun);
    return { order: begun, card };
  });
}

/** Charges the order if payer and issuer agree, else refuses it without the acquirer. */
async function conclude(
  context: LedgerContext,
  order: Order,
  { agrees, payer }: { agrees: boolean; payer: Payer },
  { snapshot, card }: Pick<PayingCard, 'snapshot' | 'card'>,
): Promise<Order> {
  const answered = answerAuthentication(order, agrees);
  const { authentication } = answered;
  const isUnderWay = transactionOf(order, context.work.attempt) !== null;
  if (authentication?.status === 'Y' || isUnderWay) {
    return runTransaction(context, order, (attempt) => {
      const conditions = authenticatedTerms(answered);
      const begun = beginAuthenticatedCharge(
        answered,
        snapshot,
        { ...attempt, ...payer },
        conditions,
      );
      claimReference(context, begun);
      return { order: begun, card };
    });
  }
  const attempt = { uuid: context.work.attempt, now: isoNow(context), ...payer };
  const begun = beginAuthenticatedCharge(answered, snapshot, attempt, authenticatedTerms(answered));
  return decline(context, begun, order.authentication?.refusal ?? { code: '', description: '' });
}

async function ask(
  context: LedgerContext,
  order: Order,
  { snapshot, securityCode }: PayingCard,
): Promise<Order> {
  const service = findService(context.merchant, order.service.uuid);
  const acquirer = context.acquirerOf(service);
  const plan = await acquirer.authentication(snapshot, context.merchant, service);
  return beginAuthentication(order, snapshot, plan, securityCode, isoNow(context));
}

/** The card that the issuer has refused without authentication, or the one the order names. */
async function cardToAuthenticate(context: LedgerContext, order: Order): Promise<PayingCard> {
  const tried = order.transactions.at(-1);
  const snapshot: CardSnapshot | undefined = order.cards[tried?.card ?? ''];
  if (tried !== undefined && snapshot !== undefined) {
    return { snapshot, card: null, securityCode: tried.conditions.securityCode };
  }
  const uuid = order.sourceCard ?? '';
  const handedOver = order.cards[uuid];
  if (handedOver !== undefined) {
    return { snapshot: handedOver, card: null, securityCode: 'unchecked' };
  }
  // The merchant's own server has named it: it may be another customer's (contract J).
  const { card } = await context.store.read(context.merchant, { card: uuid });
  if (card === null) throw new LedgerError('card_not_found', uuid);
  return { snapshot: snapshotOf(card), card, securityCode: 'unchecked' };
}
