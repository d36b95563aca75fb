import * as z from 'zod/mini';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { PROFILES } from '#faces/paylands/profiles.ts';
import { answerShape } from '#faces/paylands/shapes.ts';

/** Contract C.2, listApiKeyProfiles. */
const operation = paylandsOperation({
  name: 'listApiKeyProfiles',
  summary: 'List all profiles an API key can have',
  tag: 'API keys',
  routes: ['GET /api-key/profiles'],
  profiles: [],
  grants: {},
  response: answerShape({ profiles: z.array(z.string()) }),
  errors: [],
  handle: () => ({ answer: 'payload', payload: { profiles: PROFILES } }),
});

export default operation;
export const { handler } = operation;
