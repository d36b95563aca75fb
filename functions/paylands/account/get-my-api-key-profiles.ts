import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';

/** Contract C.2, getMyApiKeyProfiles. */
const operation = paylandsOperation({
  name: 'getMyApiKeyProfiles',
  summary: "View my API key's profiles",
  tag: 'API keys',
  routes: ['GET /api-key/me'],
  profiles: [],
  grants: {},
  response: answerShape({ profiles: z.array(z.string()), is_pci: z.boolean() }),
  errors: [],
  handle: ({ caller }) => ({
    answer: 'payload',
    payload: { profiles: caller.profiles, is_pci: caller.pci },
  }),
});

export default operation;
export const { handler } = operation;
