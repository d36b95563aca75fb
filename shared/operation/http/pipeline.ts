import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Environment } from '#ledger/core/merchant.ts';
import type { LambdaContext, OperationDeclaration } from '#operation/declare/declaration.ts';
import { isMutating } from '#operation/declare/grants.ts';
import { readIdempotencyKey } from '#operation/execution/idempotency.ts';
import { noteError } from '#operation/execution/note-error.ts';
import { errorFields, type LogLevel } from '#operation/runtime/log.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { parseBody } from './body.ts';
import { RequestError } from './errors.ts';
import { type Caller, deadlineOf, type Exchange, type HttpReply } from './exchange.ts';
import { readFaults, withFaults } from './faults.ts';

/** A face's own steps of handling a request. */
export interface Face<C extends Caller> {
  /** The environment as far as the address tells; credentials may tell more. */
  environmentOf(event: APIGatewayProxyEventV2): Environment;
  /** What a body says; by default JSON or a form, as its content type tells. */
  parse?(event: APIGatewayProxyEventV2, maxBytes?: number): unknown;
  /** The idempotency key of a request that writes; by default that of the header. */
  keyOf?(exchange: Exchange<C>): string | null;
  /** The steps between parsing the body and checking the idempotency key, in order. */
  steps: readonly ((exchange: Exchange<C>) => void | Promise<void>)[];
  /** Words a refusal; null stands for an internal failure whose cause the client is not told. */
  refuse(error: RequestError | LedgerError | null, exchange: Exchange<C>): HttpReply;
}

/** The handler of an operation: log context, body, the face's steps, idempotency key, the work. */
export function lambdaOf<C extends Caller>(
  declaration: OperationDeclaration,
  face: Face<C>,
  run: (exchange: Exchange<C>) => Promise<HttpReply>,
): (event: APIGatewayProxyEventV2, context: LambdaContext) => Promise<unknown> {
  const { parse = parseBody, keyOf = readIdempotencyKey } = face;
  // middy's early timeout answers while the work goes on; acquirers have deadlines of their own.
  const handler = middy<Exchange<C>, HttpReply>({ timeoutEarlyInMillis: 0 })
    .onError((request) => {
      request.response = replyOf(request.error, request.event, face);
    })
    .before(({ event }) => {
      event.body = parse(event.event, declaration.maxBodyBytes);
    });
  for (const step of face.steps) handler.before(({ event }) => step(event));
  handler
    .before(({ event }) => readFaults(event))
    .before(({ event }) => {
      if (isMutating(declaration)) event.idempotencyKey = keyOf(event);
    })
    .handler((exchange) => withFaults(exchange, run, () => face.refuse(null, exchange)));
  return async (event, context) => {
    const exchange = openExchange<C>(event, context, declaration, face.environmentOf(event));
    const reply: HttpReply = await handler(exchange, context as never);
    closeExchange(exchange, reply);
    return resultOf(reply, exchange);
  };
}

function openExchange<C extends Caller>(
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
  operation: OperationDeclaration,
  environment: Environment,
): Exchange<C> {
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

function closeExchange(exchange: Exchange, reply: HttpReply): void {
  const level: LogLevel = reply.status >= 500 ? 'error' : 'info';
  const durationMs = Math.round((performance.now() - exchange.startedMs) * 100) / 100;
  runtime().log(level, 'request', { ...exchange.log, status: reply.status, durationMs });
}

function resultOf(reply: HttpReply, exchange: Exchange): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: reply.status,
    headers: {
      'content-type': 'application/json',
      'x-request-id': exchange.requestId,
      ...reply.headers,
    },
    body: reply.body,
  };
}

function replyOf<C extends Caller>(
  error: unknown,
  exchange: Exchange<C>,
  face: Face<C>,
): HttpReply {
  const isCoded = error instanceof RequestError || error instanceof LedgerError;
  if (isCoded && error.code !== null) noteError(runtime(), exchange, error.code);
  if (error instanceof RequestError) {
    const reply = face.refuse(error, exchange);
    return { ...reply, headers: { ...reply.headers, ...error.headers } };
  }
  if (error instanceof LedgerError) return face.refuse(error, exchange);
  runtime().log('error', 'failed', { ...exchange.log, ...errorFields(error) });
  return face.refuse(null, exchange);
}
