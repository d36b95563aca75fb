import { pageOperation } from '#faces/pages/operation.ts';
import { languageOf } from '#faces/pages/page-reply.ts';
import { lookOf } from '#faces/pages/views/look.ts';
import { plainPage } from '#faces/pages/views/result-page.ts';

/** Contract A.5: where the soft decline of a payload leads that could not be read. */
const operation = pageOperation({
  name: 'wrongPage',
  summary: 'Say that a payment could not be read',
  route: 'GET /payment/wrong',
  grants: {},
  respond: ({ event }) => ({ page: plainPage(languageOf(event), 'wrong', 200, lookOf(event)) }),
});

export default operation;
export const { handler } = operation;
