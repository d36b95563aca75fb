import * as z from 'zod/mini';
import { lambdaOfPage, languageOf } from '#faces/pages/respond.ts';
import { framePage } from '#faces/pages/views/frame-page.ts';
import { plainPage } from '#faces/pages/views/result-page.ts';
import { DEFAULT_TEMPLATE } from '#faces/pages/views/template.ts';
import { merchantOfToken } from '#ledger/core/ids.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { runtime } from '#operation/runtime/runtime.ts';

/** Contract G: the frame that a shop's page has cards typed into. */
const declaration: OperationDeclaration = {
  kind: 'operation',
  face: 'paylands',
  page: true,
  name: 'cardFrame',
  summary: 'Show the frame that a card to be saved is typed into',
  tag: 'Hosted pages',
  routes: ['GET /cards/frame'],
  profiles: [],
  signed: false,
  timeoutSeconds: 10,
  grants: { access: 'read' },
  query: z.object({ token: z.string(), origin: z.string(), template: z.optional(z.string()) }),
  response: z.string(),
  errors: { 404: 'The token cannot be one of a customer' },
};

const operation = {
  declaration,
  handler: lambdaOfPage(declaration, async ({ event, environment }) => {
    const { token = '', origin = '', template } = event.queryStringParameters ?? {};
    const language = languageOf(event);
    const merchant = merchantOfToken(token);
    const isOrigin = URL.parse(origin)?.origin === origin;
    if (merchant === null || !isOrigin) return { page: plainPage(language, 'notFound', 404) };
    const look =
      template === undefined
        ? null
        : await runtime().templates.find({ merchant, environment }, template);
    const action = `${event.rawPath.slice(0, event.rawPath.indexOf('/cards/'))}/cards/save/frame`;
    return {
      page: framePage({ language, template: look ?? DEFAULT_TEMPLATE, token, origin, action }),
    };
  }),
};

export default operation;
export const { handler } = operation;
