import type { Merchant } from '#ledger/core/merchant.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import type { ChargeReport } from '#ledger/subscriptions/subscription-payment.ts';
import { type EnvelopeStyle, envelope, orderEnvelope } from './envelope.ts';
import { phpJson } from './json.ts';
import { CHARGE_STATUSES } from './subscription-views.ts';
import { sourceView } from './views.ts';

/** The body of a notification: the envelope of an order or a card, or what became of a charge. */
export function notificationBody(
  { order, charge, card }: Pick<Notification, 'order' | 'charge' | 'card'>,
  merchant: Merchant,
  style: EnvelopeStyle,
): string {
  if (order !== null) return orderEnvelope(order, merchant, 'notification', style);
  if (card !== undefined) return envelope(sourceView(card), style);
  if (charge === undefined) throw new Error('A notification of nothing');
  return phpJson(chargeView(charge, merchant), style.escapeSlashes);
}

/** Contract B.5: flat, without an envelope or a hash. */
function chargeView(
  { payment, plan, product, subscriber, currency }: ChargeReport,
  merchant: Merchant,
) {
  return {
    payment_id: payment.id,
    subscription: payment.subscription,
    plan,
    product,
    customer: subscriber,
    company: merchant.merchant,
    status: CHARGE_STATUSES[payment.outcome],
    payment_date: payment.chargedAt,
    payment_number: payment.number,
    attempt: payment.attempt,
    amount: payment.amount,
    currency: currency.number,
  };
}
