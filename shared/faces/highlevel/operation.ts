import type { LedgerContext, ReadContext } from '#ledger/core/context.ts';

import { LedgerError } from '#ledger/core/errors.ts';
import { type ContextOf, contextFor } from '#operation/declare/context.ts';
import {
  type DeclaredFunction,
  type Grants,
  REQUEST_SECONDS,
  type Route,
} from '#operation/declare/declaration.ts';
import { withDerivedErrors } from '#operation/declare/errors.ts';
import type { PathOf, RoutesOf } from '#operation/declare/route.ts';
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
import type { HighLevelDeclaration } from './declaration.ts';
import { errorBody, messageOf, statusOf, ValidationError } from './errors.ts';
import { validate } from './validate.ts';

/** What an operation is given besides its input. */
export interface Given<C extends ReadContext = LedgerContext> {
  caller: TokenCaller;
  context: C;
  /** Names the request in answers that carry a `traceId`. */
  traceId: string;
  runtime: Runtime;
}

type Spec<
  R extends Route,
  G extends Grants,
  P extends Schema,
  Q extends Schema,
  B extends Schema,
> = Pick<HighLevelDeclaration, 'name' | 'summary' | 'tag' | 'response' | 'scopes' | 'errors'> &
  Partial<Pick<HighLevelDeclaration, 'success' | 'tokens' | 'timeoutSeconds' | 'notFound'>> &
  Schemas<P, Q, B> & {
    routes: RoutesOf<R>;
    grants: G;
    /** Answers with the body of the success. */
    handle(
      input: Input<P, Q, B> & Given<ContextOf<G>>,
    ): Record<string, unknown> | Promise<Record<string, unknown>>;
  };

/**
 * Declares an operation of the HighLevel face. A request passes, in this order: log context, body,
 * version, token, class, scope, location, validation, idempotency key, handler, commit.
 */
export function highLevelOperation<
  const R extends Route,
  const G extends Grants,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(spec: Spec<R, G, P, Q, B> & PathOf<R, P>): DeclaredFunction<HighLevelDeclaration> {
  const { handle, path, query, body, ...rest }: Spec<R, G, P, Q, B> = spec;
  const declaration: HighLevelDeclaration = {
    kind: 'operation',
    face: 'highlevel',
    timeoutSeconds: REQUEST_SECONDS,
    success: 200,
    tokens: 'location',
    ...rest,
    errors: withDerivedErrors(rest),
    // Tokens and merchants are looked up, and the merchants' signatures decrypted.
    grants: { access: 'read', key: true, ...rest.grants },
    ...schemasOf({ path, query, body }),
  };
  const refuse = (error: RequestError | LedgerError | null, exchange: Exchange) =>
    refusal(error, exchange.requestId, declaration);
  const run = (exchange: Exchange<TokenCaller>) =>
    execute(runtime(), exchange, {
      handle: async (context) => {
        const answer = await handle({
          ...inputOf<P, Q, B>(exchange),
          caller: callerOf(exchange),
          context: contextFor<G>(context),
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
  declaration: HighLevelDeclaration,
): HttpReply {
  if (error === null)
    return { status: 500, body: errorBody(500, 'Internal Server Error', traceId) };
  if (error instanceof LedgerError) {
    const status = statusOf(error.code, declaration);
    return { status, body: errorBody(status, messageOf(error), traceId) };
  }
  const message = error instanceof ValidationError ? error.violations : error.details;
  return { status: error.status, body: errorBody(error.status, message, traceId) };
}

const rememberedCallers = shared(
  ({ settings }) => new Remembered<TokenCaller>(settings.ACCESS_CACHE_SECONDS),
);
