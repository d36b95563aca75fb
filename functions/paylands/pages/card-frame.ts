import * as z from 'zod/mini';
import { merchantOfToken } from '../../../shared/ledger/ids.ts';
import type { OperationDeclaration } from '../../../shared/operation/declaration.ts';
import { lambdaOfPage, languageOf } from '../../../shared/operation/page/respond.ts';
import { runtime } from '../../../shared/operation/runtime.ts';
import { framePage } from '../../../shared/pages/frame-page.ts';
import { plainPage } from '../../../shared/pages/result-page.ts';
import { DEFAULT_TEMPLATE } from '../../../shared/pages/template.ts';

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
  grants: { ledger: 'read' },
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
