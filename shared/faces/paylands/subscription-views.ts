import { billedOf } from '#ledger/subscriptions/billed-subscription.ts';
import type { Billing, BillingTerms, ChargeOutcome } from '#ledger/subscriptions/billing.ts';
import type { Subscription } from '#ledger/subscriptions/subscription.ts';
import type { SubscriptionPayment } from '#ledger/subscriptions/subscription-payment.ts';
import type { SubscriptionRecord } from '#ledger/subscriptions/subscription-store.ts';
import { phpJson } from './json.ts';
import { planView } from './plan-views.ts';
import { plainTime } from './time.ts';
import { OPERATIVES } from './views.ts';

/** Paylands' names of what became of a charge (contract D.8). */
export const CHARGE_STATUSES: Record<ChargeOutcome, string> = {
  paid: 'PAID',
  held: 'ISSUED',
  refused: 'DENIED',
  failed: 'FAILED_NOTIFICATION',
};

export function subscriptionPaymentView(payment: SubscriptionPayment) {
  const { charge, chargedAt } = payment;
  return {
    id: payment.id,
    status: CHARGE_STATUSES[payment.outcome],
    payment_date: plainTime(chargedAt).slice(0, 10),
    payment_number: payment.number,
    attempt: payment.attempt,
    amount: payment.amount,
    created_at: plainTime(payment.dueAt),
    updated_at: plainTime(chargedAt),
    payment_details:
      charge === null
        ? null
        : phpJson(
            {
              order_uuid: charge.order,
              source_uuid: charge.card,
              transaction_uuid: charge.transaction,
            },
            true,
          ),
  };
}

/** A subscription as it is stored, or null when it is not charged here. */
export function recordView(
  { subscription, billing, payments }: SubscriptionRecord,
  isSandbox: boolean,
) {
  const kept = billedOf(subscription, billing);
  return kept && billedSubscriptionView(kept.subscription, kept.billing, payments, isSandbox);
}

/** A subscription that is charged here. */
export function billedSubscriptionView(
  subscription: Subscription & { billing: BillingTerms },
  billing: Billing,
  payments: readonly SubscriptionPayment[],
  isSandbox: boolean,
) {
  const { billing: terms, id, createdAt } = subscription;
  const { state, lastOutcome, next } = billing;
  return {
    id,
    active: state === 'running',
    status: lastOutcome === null ? 'CREATED' : CHARGE_STATUSES[lastOutcome],
    total_payment_number: terms.totalPayments ?? 0,
    total_payment_charged: billing.paid,
    payment_attempts_limit: terms.maxAttempts,
    first_charge_date: plainTime(terms.firstAt),
    next_charge_date: state === 'running' && next !== null ? plainTime(next.at) : null,
    additional_data: phpJson(additionalData(terms), true),
    created_at: plainTime(createdAt),
    updated_at: plainTime(billing.updatedAt),
    plan: planView(terms.plan, isSandbox),
    payments: payments.map(subscriptionPaymentView),
  };
}

/** What the merchant said of the payments, in the order of the documented sample. */
function additionalData({ intent, card, payer, service, additional, notifyUrl }: BillingTerms) {
  return {
    operative: OPERATIVES[intent],
    source_uuid: card,
    customer_ext_id: payer,
    service,
    ...(additional === null ? {} : { additional }),
    ...(notifyUrl === null ? {} : { url_post: notifyUrl }),
  };
}
