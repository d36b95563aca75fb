import { paylandsOperation } from '#faces/paylands/operation.ts';
import { emptyAnswer } from '#faces/paylands/shapes.ts';

/** Contract C.2, checkAuthentication. */
const operation = paylandsOperation({
  name: 'checkAuthentication',
  summary: 'Check request authentication',
  tag: 'API keys',
  routes: ['GET /'],
  profiles: [],
  grants: {},
  response: emptyAnswer,
  errors: [],
  handle: () => ({ answer: 'payload', payload: {} }),
});

export default operation;
export const { handler } = operation;
