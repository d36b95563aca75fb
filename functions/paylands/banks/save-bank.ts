import * as z from 'zod/mini';
import { iban } from '#faces/paylands/customer-account-fields.ts';
import { bankView } from '#faces/paylands/customer-views.ts';
import { externalId, freeText, optional, personName } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape, bankShape } from '#faces/paylands/shapes.ts';
import { saveBank } from '#ledger/customers/bank-account-commands.ts';

/** Contract C.7, saveBank; the path is inferred. A number that the customer has already stays the
 * same account. */
const operation = paylandsOperation({
  name: 'saveBank',
  summary: 'Save a bank account',
  tag: 'Bank accounts',
  routes: ['POST /payment-method/bank', 'POST /payment-method/banks'],
  profiles: ['payment', 'card', 'tokenize'],
  grants: { ledger: ['read', 'put'] },
  body: z.object({
    customer_ext_id: externalId,
    account_holder: personName,
    iban,
    additional: optional(freeText(1000)),
  }),
  response: answerShape({
    Customer: z.looseObject({ external_id: z.string() }),
    Source: bankShape,
  }),
  errors: ['customer_file_full'],
  handle: async ({ body, context }) => {
    const bank = await saveBank(context, {
      customer: body.customer_ext_id,
      holder: body.account_holder,
      iban: body.iban,
      additional: body.additional ?? null,
    });
    const Customer = { external_id: body.customer_ext_id };
    return { answer: 'payload', payload: { Customer, Source: bankView(bank) } };
  },
});

export default operation;
export const { handler } = operation;
