import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Deadline } from '#ledger/core/deadline.ts';
import type { Environment, Merchant } from '#ledger/core/merchant.ts';
import type { LambdaContext, OperationDeclaration } from '#operation/declare/declaration.ts';
import type { LogFields } from '#operation/runtime/log.ts';

/** An answer on the wire. */
export interface HttpReply {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** Who calls, for which merchant; each face adds the rights of its credentials. */
export interface Caller {
  merchant: Merchant;
  /**
   * Separates the idempotency keys of callers of one merchant that must not see each other's, such
   * as apps.
   */
  keyScope?: string;
}

/** One request on its way through the pipeline; each step adds what it learnt. */
export interface Exchange<C extends Caller = Caller> {
  event: APIGatewayProxyEventV2;
  operation: OperationDeclaration;
  requestId: string;
  startedMs: number;
  /** Until when the request has to be answered. */
  deadline: Deadline;
  environment: Environment;
  /** The parsed body, not yet validated. */
  body: unknown;
  /** The validated input. */
  input: { path: unknown; query: unknown; body: unknown };
  caller: C | null;
  idempotencyKey: string | null;
  log: LogFields;
}

/** How long before its function's time-out an answer is due. */
const ANSWER_MS = 2000;

/** A request's deadline: its function's, which is before that of the gateway. */
export function deadlineOf(context: LambdaContext): Deadline {
  return { remainingMs: () => context.getRemainingTimeInMillis() - ANSWER_MS };
}

export function callerOf<C extends Caller>(exchange: Exchange<C>): C {
  if (exchange.caller === null) throw new Error('The request was not authenticated');
  return exchange.caller;
}

/** Where the request was sent to, without the path: buyers' pages are at the same place. */
export function publicUrl(exchange: Exchange, configured: string | undefined): string {
  return configured ?? `https://${exchange.event.requestContext.domainName}`;
}
