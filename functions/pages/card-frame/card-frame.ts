import * as z from 'zod/mini';
import { isOrigin } from '#faces/pages/framed-by.ts';
import { pageOperation } from '#faces/pages/operation.ts';
import { languageOf } from '#faces/pages/page-reply.ts';
import { framePage } from '#faces/pages/views/frame-page.ts';
import { lookOf } from '#faces/pages/views/look.ts';
import { merchantOfToken } from '#ledger/core/ids.ts';
import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import { RequestError } from '#operation/http/errors.ts';
import { runtime } from '#operation/runtime/runtime.ts';

/** Contract G: the frame that a shop's page has cards typed into. */
const operation = pageOperation({
  name: 'cardFrame',
  summary: 'Show the frame that a card to be saved is typed into',
  route: 'GET /cards/frame',
  grants: { access: 'read' },
  query: z.object({
    token: z.string(),
    origin: z.string(),
    template: z.optional(z.string()),
    theme: z.optional(z.string()),
  }),
  errors: ['page_not_found'],
  async respond({ event, environment }) {
    const { token = '', origin = '', template } = event.queryStringParameters ?? {};
    const merchant = merchantOfToken(token);
    if (merchant === null || !isOrigin(origin)) throw new RequestError(404, 'Token is unknown');
    const tenant = { merchant, environment };
    const named = template === undefined ? null : await runtime().templates.find(tenant, template);
    const action = `${event.rawPath.slice(0, event.rawPath.indexOf('/cards/'))}/cards/save/frame`;
    const language = languageOf(event);
    const { theme } = lookOf(event);
    return {
      page: framePage({
        language,
        template: named ?? DEFAULT_TEMPLATE,
        look: { isFramed: true, theme: theme ?? 'light' },
        token,
        origin,
        framedBy: named?.framedBy ?? [origin],
        action,
      }),
    };
  },
});

export default operation;
export const { handler } = operation;
