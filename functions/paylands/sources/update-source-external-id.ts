import * as z from 'zod/mini';
import { externalId, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';
import { changeOwner } from '#ledger/customers/change-owner.ts';

/** Contract C.8; the path is inferred. Moves a card, one that a wallet brought, or a bank account. */
const operation = paylandsOperation({
  name: 'updateSourceExternalId',
  summary: 'Make a card or a bank account another customer’s',
  tag: 'Cards',
  routes: [
    'PUT /payment-method/{source_uuid}/external-id',
    'POST /payment-method/{source_uuid}/external-id',
    'PUT /payment-method/external-id/{source_uuid}',
  ],
  profiles: ['card'],
  grants: { ledger: ['read', 'put'] },
  path: z.object({ source_uuid: uuid }),
  body: z.object({ old_external_id: externalId, new_external_id: externalId }),
  response: emptyAnswer,
  errors: ['customer_file_full', 'source_not_found'],
  handle: async ({ path, body, context }) => {
    await changeOwner(context, {
      source: path.source_uuid,
      from: body.old_external_id,
      to: body.new_external_id,
    });
    return { answer: 'payload', payload: {} };
  },
});

export default operation;
export const { handler } = operation;
