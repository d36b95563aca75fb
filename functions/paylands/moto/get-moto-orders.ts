import * as z from 'zod/mini';
import { LINK_STATES } from '#faces/paylands/campaigns/views.ts';
import { uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { orderView, urlsView } from '#faces/paylands/views.ts';
import { orderOfPayment } from '#ledger/campaigns/campaign.ts';
import { findCampaign } from '#ledger/campaigns/campaign-commands.ts';

/**
 * Contract C.9: each payment by its uuid, with its order once that is made. The order's `urls` lead
 * to where it is paid, for those who deliver the links themselves.
 */
const operation = paylandsOperation({
  name: 'getMotoOrders',
  summary: 'Query the orders of a MoTo campaign',
  tag: 'MoTo campaigns',
  routes: ['GET /payment/moto/{moto_detail_uuid}/orders'],
  profiles: ['moto', 'readonly'],
  grants: { ledger: ['read'] },
  path: z.object({ moto_detail_uuid: uuid }),
  response: answerShape({
    orders: z.record(
      z.string(),
      z.looseObject({ status: z.string(), order: z.nullable(z.looseObject({ uuid: z.string() })) }),
    ),
  }),
  errors: ['campaign_not_found'],
  handle: async ({ path, context, baseUrl }) => {
    const { payments } = await findCampaign(context, path.moto_detail_uuid);
    const uuids = payments.map((payment) => orderOfPayment(payment.uuid));
    const orders = await context.store.ordersByUuid(context.merchant, uuids);
    const entries = payments.map((payment, index) => {
      const order = orders[index] ?? null;
      const view = order && {
        ...orderView(order, context.merchant, 'merchant'),
        urls: urlsView(order, baseUrl),
      };
      return [payment.uuid, { status: LINK_STATES[payment.state], order: view }];
    });
    return { answer: 'payload', payload: { orders: Object.fromEntries(entries) } };
  },
});

export default operation;
export const { handler } = operation;
