import * as z from 'zod/mini';
import { externalId, uuid } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';
import { deleteBank } from '#ledger/customers/bank-account-commands.ts';

/** Contract C.7, deleteBank; the path is inferred. What was paid to it stays as it was. */
const operation = paylandsOperation({
  name: 'deleteBank',
  summary: 'Delete a bank account',
  tag: 'Bank accounts',
  routes: ['DELETE /payment-method/bank', 'DELETE /payment-method/banks'],
  profiles: ['card'],
  grants: { ledger: ['read', 'put', 'delete'] },
  body: z.object({ source_uuid: uuid, customer_ext_id: externalId }),
  response: emptyAnswer,
  errors: ['bank_not_found'],
  handle: async ({ body, context }) => {
    await deleteBank(context, { bank: body.source_uuid, customer: body.customer_ext_id });
    return { answer: 'payload', payload: {} };
  },
});

export default operation;
export const { handler } = operation;
