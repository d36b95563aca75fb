import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError, type LedgerErrorCode } from '#ledger/core/errors.ts';
import {
  type DeclaredFunction,
  type HighLevelDeclaration,
  REQUEST_SECONDS,
} from '#operation/declare/declaration.ts';
import { execute } from '#operation/execution/execute.ts';
import { parseBodyOrForm } from '#operation/http/body.ts';
import type { RequestError } from '#operation/http/errors.ts';
import { callerOf, type Exchange, type HttpReply } from '#operation/http/exchange.ts';
import {
  type Input,
  inputOf,
  type Schema,
  type Schemas,
  schemasOf,
} from '#operation/http/input.ts';
import { lambdaOf } from '#operation/http/pipeline.ts';
import { Remembered } from '#operation/runtime/remembered.ts';
import { type Runtime, runtime, shared } from '#operation/runtime/runtime.ts';
import { findCaller, type TokenCaller } from './access.ts';
import { authenticate } from './authenticate.ts';
import { errorBody, refusalOf, ValidationError } from './errors.ts';
import type { Scope } from './scopes.ts';
import { validate } from './validate.ts';

/** What an operation is given besides its input. */
export interface Given {
  caller: TokenCaller;
  context: LedgerContext;
  /** Names the request in answers that carry a `traceId`. */
  traceId: string;
  runtime: Runtime;
}

type Spec<P extends Schema, Q extends Schema, B extends Schema> = Pick<
  HighLevelDeclaration,
  'name' | 'summary' | 'tag' | 'routes' | 'grants' | 'response' | 'errors'
> &
  Partial<Pick<HighLevelDeclaration, 'success' | 'tokens' | 'timeoutSeconds'>> &
  Schemas<P, Q, B> & {
    /** Token scopes that may call it; none for any token of the location. */
    scopes: readonly Scope[];
    /** The status of what is not found, where it is not the documented 400. */
    notFound?: 404;
    /** Answers with the body of the success. */
    handle(
      input: Input<P, Q, B> & Given,
    ): Record<string, unknown> | Promise<Record<string, unknown>>;
  };

/**
 * Declares an operation of the HighLevel face. A request passes, in this order: log context, body,
 * version, token, class, scope, location, validation, idempotency key, handler, commit.
 */
export function highLevelOperation<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(spec: Spec<P, Q, B>): DeclaredFunction<HighLevelDeclaration> {
  const { handle, path, query, body, notFound = 400, ...rest } = spec;
  const declaration: HighLevelDeclaration = {
    kind: 'operation',
    face: 'highlevel',
    timeoutSeconds: REQUEST_SECONDS,
    success: 200,
    tokens: 'location',
    ...rest,
    // Tokens and merchants are looked up, and the merchants' signatures decrypted.
    grants: { access: 'read', key: true, ...rest.grants },
    ...schemasOf({ path, query, body }),
  };
  const refuse = (error: RequestError | LedgerError | null, exchange: Exchange) =>
    refusal(error, exchange.requestId, notFound);
  const run = (exchange: Exchange<TokenCaller>) =>
    execute(runtime(), exchange, {
      handle: async (context) => {
        const answer = await handle({
          ...inputOf<P, Q, B>(exchange),
          caller: callerOf(exchange),
          context,
          traceId: exchange.requestId,
          runtime: runtime(),
        });
        return { status: declaration.success, body: JSON.stringify(answer) };
      },
      refuse: (error) => refuse(error, exchange),
    });
  return { declaration, handler: handlerOf(declaration, refuse, run) };
}

function handlerOf(
  declaration: HighLevelDeclaration,
  refuse: (error: RequestError | LedgerError | null, exchange: Exchange) => HttpReply,
  run: (exchange: Exchange<TokenCaller>) => Promise<HttpReply>,
) {
  const find = (token: string) => findCaller(token, runtime(), rememberedCallers());
  return lambdaOf<TokenCaller>(
    declaration,
    {
      // No path tells: the environment is that of the token's location.
      environmentOf: () => 'sandbox',
      // An app in production registers its provider by one.
      parse: parseBodyOrForm,
      steps: [(exchange) => authenticate(exchange, declaration, find), validate],
      refuse,
    },
    run,
  );
}

function refusal(
  error: RequestError | LedgerError | null,
  traceId: string,
  notFound: 400 | 404,
): HttpReply {
  if (error === null)
    return { status: 500, body: errorBody(500, 'Internal Server Error', traceId) };
  if (error instanceof LedgerError) {
    const { status, message } = refusalOf(error);
    const actual = NOT_FOUND.includes(error.code) ? notFound : status;
    return { status: actual, body: errorBody(actual, message, traceId) };
  }
  const message = error instanceof ValidationError ? error.violations : error.details;
  return { status: error.status, body: errorBody(error.status, message, traceId) };
}

/** Documented as 400, and answered as 404 by some operations. */
const NOT_FOUND: LedgerErrorCode[] = ['order_not_found', 'provider_not_found'];

const rememberedCallers = shared(
  ({ settings }) => new Remembered<TokenCaller>(settings.ACCESS_CACHE_SECONDS),
);
