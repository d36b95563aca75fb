import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Fields } from '#faces/pages/views/card-form.ts';
import { lookOf } from '#faces/pages/views/look.ts';
import { plainPage } from '#faces/pages/views/result-page.ts';
import type { PaylandsDeclaration } from '#faces/paylands/declaration.ts';
import type { DeclaredFunction, Route } from '#operation/declare/declaration.ts';
import type { RequestError } from '#operation/http/errors.ts';
import type { Caller, Exchange } from '#operation/http/exchange.ts';
import { lambdaOf } from '#operation/http/pipeline.ts';
import { parseForm } from './form.ts';
import { httpReplyOf, languageOf, type PageReply } from './page-reply.ts';

type Spec<C extends Caller> = Pick<PaylandsDeclaration, 'name' | 'summary' | 'grants'> &
  Partial<
    Pick<
      PaylandsDeclaration,
      'path' | 'query' | 'body' | 'response' | 'errors' | 'timeoutSeconds' | 'atRoot'
    >
  > & {
    route: Route;
    /** Who the page is for, where that has to be found out. */
    steps?: readonly ((exchange: Exchange<C>) => void | Promise<void>)[];
    respond(exchange: Exchange<C>): PageReply | Promise<PageReply>;
  };

/**
 * Declares something of the hosted pages (contract G). A request passes, in this order: log
 * context, form, the page's own steps, the attempt as idempotency key, the page. What goes wrong
 * is a page too.
 */
export function pageOperation<C extends Caller = Caller>(
  spec: Spec<C>,
): DeclaredFunction<PaylandsDeclaration> {
  const { route, steps = [], respond, ...rest } = spec;
  const declaration: PaylandsDeclaration = {
    kind: 'operation',
    face: 'paylands',
    page: true,
    tag: 'Hosted pages',
    routes: [route],
    profiles: [],
    signed: false,
    timeoutSeconds: 10,
    response: z.string(),
    errors: [],
    ...rest,
  };
  const handler = lambdaOf<C>(
    declaration,
    {
      environmentOf: ({ rawPath }) => (rawPath.startsWith('/v1/sandbox') ? 'sandbox' : 'live'),
      parse: formOf,
      keyOf: ({ body }) => attemptIn(body as Fields),
      steps,
      refuse: (error, exchange) => httpReplyOf({ page: problemPage(error, exchange) }),
    },
    async (exchange) => httpReplyOf(await respond(exchange)),
  );
  return { declaration, handler };
}

/** The fields of a form that was sent, and none for a page that is asked for. */
function formOf(event: APIGatewayProxyEventV2): Fields {
  return event.requestContext.http.method === 'POST' ? parseForm(event) : {};
}

const ATTEMPT = /^[0-9a-f]{32}$/;

/** The attempt that a form was shown with: sent twice, it is done once. */
function attemptIn({ attempt = '' }: Fields): string | null {
  return ATTEMPT.test(attempt) ? attempt : null;
}

function problemPage(error: RequestError | Error | null, { event }: Exchange) {
  const status = error !== null && 'status' in error ? Number(error.status) : 500;
  const result = status === 404 ? 'notFound' : 'failed';
  return plainPage(languageOf(event), result, status, lookOf(event));
}
