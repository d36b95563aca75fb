import * as z from 'zod/mini';
import {
  campaignFields,
  createMotoCampaign,
  senderFits,
} from '#faces/paylands/campaigns/campaign-operation.ts';
import { campaignAnswer } from '#faces/paylands/campaigns/campaign-shapes.ts';
import { namedPayment, paymentDraft } from '#faces/paylands/campaigns/payment-rows.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';

/** The documentation's schema shows a list, its example one payment. */
const payments = z.pipe(
  z.transform((value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value,
  ),
  z.array(namedPayment).check(z.minLength(1)),
);

/** Contract C.9. Payments are numbered as the lines of a file without a header. */
const operation = paylandsOperation({
  name: 'createMotoCampaignJson',
  summary: 'Send payment links to people',
  tag: 'MoTo campaigns',
  routes: ['POST /payment/moto/json'],
  profiles: ['moto'],
  grants: { ledger: ['read', 'put'], sends: ['moto-links'] },
  body: z.object({ ...campaignFields, payments }).check(senderFits),
  response: campaignAnswer,
  errors: ['service_not_found', 'acquirer_not_configured'],
  handle: ({ body, ...given }) => {
    const drafts = body.payments.map((payment, index) => paymentDraft(payment, index + 1));
    return createMotoCampaign(given, body, 'payments', drafts, null);
  },
});

export default operation;
export const { handler } = operation;
