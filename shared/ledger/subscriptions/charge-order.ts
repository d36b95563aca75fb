import type { Card } from '#ledger/cards/card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { derivedUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import { draftOrder } from '#ledger/orders/order-commands.ts';
import { WITHOUT_PAGE } from '#ledger/orders/plain-draft.ts';
import { type Billed, channelOf, contactOf } from './billed-subscription.ts';
import type { NextCharge } from './billing.ts';

/** Stages that the order of a charge will not be made. */
export function barOrder(context: LedgerContext, next: NextCharge): void {
  const keptUntil = Math.ceil(context.realNowMs() / 1000) + BARRED_SECONDS;
  context.work.stage({ change: 'order_barred', order: orderOf(next), keptUntil });
}

/** Much longer than any function runs. */
const BARRED_SECONDS = 86_400;

/** The order of a charge. */
export function orderOf({ transaction }: NextCharge): Uuid {
  return derivedUuid(transaction, 1);
}

/** The order of a charge that is to be made, or what becomes of it without one. */
export function newOrder(
  context: LedgerContext,
  { subscription }: Billed,
  next: NextCharge,
  card: Card | null,
): Order | 'paid' | 'failed' {
  const { billing: terms, id } = subscription;
  const isPayable = card?.customer === terms.payer;
  if (!isPayable || !context.merchant.services.some(({ uuid }) => uuid === terms.service)) {
    return 'failed';
  }
  const { amount, name, product } = terms.plan;
  // Nothing is paid by asking nobody.
  if (amount === 0) return 'paid';
  const draft = {
    intent: terms.intent,
    amount,
    service: terms.service,
    customer: terms.payer,
    description: `${product.name}: ${name}`,
    additional: terms.additional,
    notifyUrl: terms.notifyUrl,
    purchase: {
      contact: contactOf(terms),
      channel: channelOf(terms),
      items: [],
      summary: { subtotal: amount, discount: 0, tax: null, shipping: null },
      taxes: [],
      coupon: null,
      subscription: id,
      createdBy: null,
    },
    ...WITHOUT_PAGE,
    saveCard: true,
    extraData: null,
    expiresInSeconds: OPEN_SECONDS,
  };
  return draftOrder(context, draft, orderOf(next));
}

/** Nobody but the renewal pays its order. */
const OPEN_SECONDS = 3600;
