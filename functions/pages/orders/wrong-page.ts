import * as z from 'zod/mini';
import { lambdaOfPage, languageOf } from '#faces/pages/respond.ts';
import { plainPage } from '#faces/pages/views/result-page.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';

/** Contract A.5: where the soft decline of a payload leads that could not be read. */
const declaration: OperationDeclaration = {
  kind: 'operation',
  face: 'paylands',
  page: true,
  name: 'wrongPage',
  summary: 'Say that a payment could not be read',
  tag: 'Hosted pages',
  routes: ['GET /payment/wrong'],
  profiles: [],
  signed: false,
  timeoutSeconds: 10,
  grants: {},
  response: z.string(),
  errors: {},
};

const operation = {
  declaration,
  handler: lambdaOfPage(declaration, async ({ event }) => ({
    page: plainPage(languageOf(event), 'wrong', 200),
  })),
};

export default operation;
export const { handler } = operation;
