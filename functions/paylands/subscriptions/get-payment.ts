import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { subscriptionId } from '#faces/paylands/subscription-fields.ts';
import { subscriptionPaymentShape } from '#faces/paylands/subscription-shapes.ts';
import { subscriptionPaymentView } from '#faces/paylands/subscription-views.ts';
import { LedgerError } from '#ledger/core/errors.ts';

/** Contract C.11. */
const operation = paylandsOperation({
  name: 'getSubscriptionPayment',
  summary: 'Get a payment of a subscription',
  tag: 'Subscriptions',
  routes: ['GET /subscriptions/payment/{payment_id}'],
  profiles: ['readonly', 'payment'],
  grants: { ledger: ['query lists'] },
  path: z.object({ payment_id: subscriptionId }),
  response: answerShape({ payment: subscriptionPaymentShape }),
  errors: ['subscription_payment_not_found'],
  handle: async ({ path, context: { store, merchant } }) => {
    const id = path.payment_id;
    const payment = await store.subscriptionPayment(merchant, id);
    if (payment === null) throw new LedgerError('subscription_payment_not_found', id);
    return { answer: 'payload', payload: { payment: subscriptionPaymentView(payment) } };
  },
});

export default operation;
export const { handler } = operation;
