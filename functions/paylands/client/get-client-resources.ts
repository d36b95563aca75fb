import { resourcesShape } from '#faces/paylands/client-shapes.ts';
import { resourcesView } from '#faces/paylands/client-views.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';

/** Contract J, `GET /client/resources`: all that a plugin can offer; no envelope, no `code`. */
const operation = paylandsOperation({
  name: 'getClientResources',
  summary: "List the merchant's services, checkouts and wallets",
  tag: 'Client',
  routes: ['GET /client/resources'],
  profiles: [],
  grants: {},
  response: resourcesShape,
  errors: [],
  handle: ({ context }) => ({ answer: 'bare', body: resourcesView(context.merchant) }),
});

export default operation;
export const { handler } = operation;
