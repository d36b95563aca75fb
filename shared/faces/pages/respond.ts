import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Language, languageFor } from '#faces/pages/views/language.ts';
import type { Page } from '#faces/pages/views/layout.ts';
import { plainPage } from '#faces/pages/views/result-page.ts';
import type { LambdaContext, OperationDeclaration } from '#operation/declare/declaration.ts';
import { RequestError } from '#operation/http/errors.ts';
import { deadlineOf, type Exchange, type HttpReply } from '#operation/http/exchange.ts';
import { errorFields } from '#operation/runtime/log.ts';
import { runtime } from '#operation/runtime/runtime.ts';

/** A page, where to go instead, or an answer to a script. */
export type PageReply = { page: Page } | { redirect: string } | { json: HttpReply };

/** The handler of a page: what it answers becomes HTML, and so does what goes wrong. */
export function lambdaOfPage(
  declaration: OperationDeclaration,
  respond: (exchange: Exchange) => Promise<PageReply>,
): (event: APIGatewayProxyEventV2, context: LambdaContext) => Promise<unknown> {
  return async (event, context) => {
    const exchange = openExchange(event, context, declaration);
    const reply = await respond(exchange).catch((error) => failure(error, exchange));
    const result = resultOf(reply, exchange.requestId);
    const { statusCode: status = 200 } = result;
    const durationMs = Math.round((performance.now() - exchange.startedMs) * 100) / 100;
    const level = status >= 500 ? 'error' : 'info';
    runtime().log(level, 'request', { ...exchange.log, status, durationMs });
    return result;
  };
}

/** The language of a page that belongs to no order. */
export function languageOf(event: APIGatewayProxyEventV2): Language {
  return languageFor(event.queryStringParameters?.lang, event.headers['accept-language']);
}

function openExchange(
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
  operation: OperationDeclaration,
): Exchange {
  const environment = event.rawPath.startsWith('/v1/sandbox') ? 'sandbox' : 'live';
  return {
    event,
    operation,
    requestId: context.awsRequestId,
    startedMs: performance.now(),
    deadline: deadlineOf(context),
    environment,
    body: undefined,
    input: { path: undefined, query: undefined, body: undefined },
    caller: null,
    idempotencyKey: null,
    log: { requestId: context.awsRequestId, function: operation.name, environment },
  };
}

function failure(error: unknown, { event, log }: Exchange): PageReply {
  const language = languageOf(event);
  if (error instanceof RequestError) return { page: plainPage(language, 'failed', error.status) };
  runtime().log('error', 'failed', { ...log, ...errorFields(error) });
  return { page: plainPage(language, 'failed', 500) };
}

/** Addresses of pages are secrets, and what they show is out of date at once. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function resultOf(reply: PageReply, requestId: string): APIGatewayProxyStructuredResultV2 {
  const headers = { ...HEADERS, 'x-request-id': requestId };
  if ('redirect' in reply) {
    return { statusCode: 303, headers: { ...headers, location: reply.redirect }, body: '' };
  }
  if ('json' in reply) {
    const { status, body } = reply.json;
    return {
      statusCode: status,
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    };
  }
  const { status, html, policy } = reply.page;
  return {
    statusCode: status,
    headers: {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    },
    body: html,
  };
}
