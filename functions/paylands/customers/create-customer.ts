import * as z from 'zod/mini';
import { externalId } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { createCustomer } from '#ledger/customers/customer-commands.ts';

/** Contract C.5, createCustomer: the same customer every time, with a fresh token. */
const operation = paylandsOperation({
  name: 'createCustomer',
  summary: 'Create a customer',
  tag: 'Customers',
  routes: ['POST /customer'],
  profiles: ['payment', 'card', 'tokenize'],
  grants: { ledger: ['read', 'put'] },
  answersSecret: true,
  body: z.object({ customer_ext_id: externalId }),
  response: answerShape({
    Customer: z.looseObject({ external_id: z.string(), token: z.string() }),
  }),
  errors: [],
  handle: ({ body, context }) => {
    const { token } = createCustomer(context, body.customer_ext_id);
    const Customer = { external_id: body.customer_ext_id, token };
    return { answer: 'payload', payload: { Customer } };
  },
});

export default operation;
export const { handler } = operation;
