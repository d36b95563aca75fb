import type { Merchant } from '#ledger/core/merchant.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import type { ChargeReport } from '#ledger/subscriptions/subscription-payment.ts';
import { type EnvelopeStyle, orderEnvelope } from './envelope.ts';
import { phpJson } from './json.ts';
import { CHARGE_STATUSES } from './subscription-views.ts';

/** The body of a notification: the envelope of an order, or what became of a charge. */
export function notificationBody(
  { order, charge }: Pick<Notification, 'order' | 'charge'>,
  merchant: Merchant,
  style: EnvelopeStyle,
): string {
  if (order !== null) return orderEnvelope(order, merchant, 'notification', style);
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
