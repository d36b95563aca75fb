import * as z from 'zod/mini';
import { serviceShape } from '#faces/paylands/client-shapes.ts';
import { serviceView } from '#faces/paylands/client-views.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';

/** Contract J, `GET /client/services`: what a plugin lets its shop choose from; no envelope. */
const operation = paylandsOperation({
  name: 'listClientServices',
  summary: "List the merchant's services",
  tag: 'Client',
  routes: ['GET /client/services'],
  profiles: [],
  grants: {},
  response: z.array(serviceShape),
  errors: [],
  handle: ({ context }) => ({ answer: 'bare', body: context.merchant.services.map(serviceView) }),
});

export default operation;
export const { handler } = operation;
