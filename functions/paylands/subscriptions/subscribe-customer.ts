import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import {
  billingDraft,
  firstPaymentTime,
  subscriptionFields,
} from '#faces/paylands/subscription-fields.ts';
import { billedSubscriptionShape } from '#faces/paylands/subscription-shapes.ts';
import { billedSubscriptionView } from '#faces/paylands/subscription-views.ts';
import { type LedgerContext, nowMs } from '#ledger/core/context.ts';
import { subscribe } from '#ledger/subscriptions/subscribe.ts';
import { RequestError } from '#operation/http/errors.ts';

/** Contract C.11: without a trial or a date, the first payment is made at once. */
const operation = paylandsOperation({
  name: 'subscribeCustomer',
  summary: 'Subscribe a customer to a plan',
  tag: 'Subscriptions',
  routes: ['POST /subscriptions/subscription'],
  profiles: ['payment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'], acquirer: true },
  body: subscriptionFields,
  response: answerShape({ subscription: billedSubscriptionShape }),
  errors: ['plan_not_found', 'product_not_found'],
  handle: async ({ body, context }) => {
    const { merchant } = context;
    const draft = billingDraft(body, () => firstPaymentOf(body.initial_date, context));
    const { subscription, billing, payment } = await subscribe(context, draft);
    const payments = payment === null ? [] : [payment];
    const isSandbox = merchant.environment === 'sandbox';
    const view = billedSubscriptionView(subscription, billing, payments, isSandbox);
    return { answer: 'payload', payload: { subscription: view } };
  },
});

/** @throws RequestError 400 when the date names no time that is still to come */
function firstPaymentOf(date: string | undefined, context: LedgerContext): string | null {
  if (date === undefined) return null;
  const timeMs = firstPaymentTime(date, nowMs(context), context.merchant.timeZone);
  if (Number.isNaN(timeMs)) {
    const words = 'it must be today or later, within ten years';
    throw new RequestError(400, `Field initial_date is not valid: ${words}`);
  }
  return new Date(timeMs).toISOString();
}

export default operation;
export const { handler } = operation;
