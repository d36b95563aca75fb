import * as z from 'zod/mini';
import {
  campaignFields,
  createMotoCampaign,
  senderFits,
} from '#faces/paylands/campaigns/campaign-operation.ts';
import { campaignAnswer } from '#faces/paylands/campaigns/campaign-shapes.ts';
import { PAYMENT_COLUMNS, paymentsOf } from '#faces/paylands/campaigns/payment-rows.ts';
import { freeText, optional } from '#faces/paylands/fields.ts';
import { csvFile } from '#faces/paylands/files/file-field.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';

/** Contract C.9, F.1. */
const operation = paylandsOperation({
  name: 'createMotoCampaignCsv',
  summary: 'Send payment links to the people in a file',
  tag: 'MoTo campaigns',
  routes: ['POST /payment/moto/csv'],
  profiles: ['moto'],
  grants: { ledger: ['read', 'put'], sends: ['moto-links'] },
  body: z
    .object({
      ...campaignFields,
      file: csvFile(PAYMENT_COLUMNS),
      filename: optional(freeText(255)),
    })
    .check(senderFits),
  response: campaignAnswer,
  errors: ['service_not_found', 'acquirer_not_configured'],
  handle: async ({ body, ...given }) => {
    const payments = await paymentsOf(body.file);
    return createMotoCampaign(given, body, 'file', payments, body.filename ?? null);
  },
});

export default operation;
export const { handler } = operation;
