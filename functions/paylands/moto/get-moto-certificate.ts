import * as z from 'zod/mini';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { findCampaignPayment } from '#ledger/campaigns/campaign-commands.ts';
import { LedgerError } from '#ledger/core/errors.ts';

/** Contract C.9: of links that were sent by mail or SMS, as the base64 of a PDF. */
const operation = paylandsOperation({
  name: 'getMotoCertificate',
  summary: 'Download the certificate of a payment link',
  tag: 'MoTo campaigns',
  routes: ['GET /payment/moto/{moto_payment_uuid}/certificate'],
  profiles: ['moto', 'readonly'],
  grants: { ledger: ['read'] },
  path: z.object({ moto_payment_uuid: uuid }),
  response: answerShape({ certificate: z.string() }),
  errors: ['certificate_not_available', 'campaign_payment_not_found'],
  handle: async ({ path, context }) => {
    const found = await findCampaignPayment(context, path.moto_payment_uuid);
    const { sentAt } = found.payment;
    if (sentAt === null || found.order === null) {
      throw new LedgerError('certificate_not_available', found.payment.uuid);
    }
    const { merchant } = context;
    // What writes PDF is loaded by the first who gets one.
    const { certificatePdf } = await import('#faces/paylands/campaigns/certificate.ts');
    const pdf = await certificatePdf({ ...found, merchant, sentAt, order: found.order });
    return { answer: 'payload', payload: { certificate: pdf.toString('base64') } };
  },
});

export default operation;
export const { handler } = operation;
