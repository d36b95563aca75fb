import type { LedgerContext, ReadContext } from '#ledger/core/context.ts';

import { LedgerError } from '#ledger/core/errors.ts';
import { type Merchant, nowOf } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
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
import { noteError } from '#operation/execution/note-error.ts';
import { parseBody } from '#operation/http/body.ts';
import type { RequestError } from '#operation/http/errors.ts';
import { callerOf, type Exchange, type HttpReply, publicUrl } from '#operation/http/exchange.ts';
import {
  type Input,
  inputOf,
  type Schema,
  type Schemas,
  schemasOf,
} from '#operation/http/input.ts';
import { lambdaOf } from '#operation/http/pipeline.ts';
import { AccessCache, type KeyCaller } from '#operation/runtime/access-cache.ts';
import { type Runtime, runtime, shared } from '#operation/runtime/runtime.ts';
import { authenticate, verifySignature } from './authenticate.ts';
import type { PaylandsDeclaration } from './declaration.ts';
import { emptyListAsObject } from './empties.ts';
import { envelope, errorEnvelope, orderEnvelope } from './envelope.ts';
import { type OwnErrorCode, refusalOf, statusOf } from './errors.ts';
import { phpJson } from './json.ts';
import { validate } from './validate.ts';

/** What an operation answers; the face writes it. */
export type Answer =
  | { answer: 'payload'; payload: Record<string, unknown> }
  /** Without an envelope (contract A.4). */
  | { answer: 'bare'; body: unknown }
  | { answer: 'order'; order: Order; extra?: Record<string, unknown> }
  /**
   * An error that is not thrown, because what was done is kept. The details of a 303 are where the
   * buyer must go (contract A.5, soft decline): no `Location` header.
   */
  | { answer: 'error'; error: OwnErrorCode; details: string };

/** What an operation is given besides its input. */
export interface Given<C extends ReadContext = LedgerContext> {
  caller: KeyCaller;
  context: C;
  /** The face's address, with the environment: `https://…/v1/sandbox`. */
  baseUrl: string;
}

type Spec<
  R extends Route,
  G extends Grants,
  P extends Schema,
  Q extends Schema,
  B extends Schema,
> = Pick<PaylandsDeclaration, 'name' | 'summary' | 'tag' | 'response' | 'profiles' | 'errors'> &
  Schemas<P, Q, B> & {
    routes: RoutesOf<R>;
    grants: G;
    signed?: boolean;
    timeoutSeconds?: number;
    maxBodyBytes?: number;
    answersSecret?: true;
    handle(input: Input<P, Q, B> & Given<ContextOf<G>>): Answer | Promise<Answer>;
  };

/**
 * Declares an operation of the Paylands face. A request passes, in this order: log context, body,
 * authentication, profile, validation, signature, idempotency key, handler, commit, envelope.
 */
export function paylandsOperation<
  const R extends Route,
  const G extends Grants,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(spec: Spec<R, G, P, Q, B> & PathOf<R, P>): DeclaredFunction<PaylandsDeclaration> {
  const { handle, path, query, body, ...rest }: Spec<R, G, P, Q, B> = spec;
  const declaration: PaylandsDeclaration = {
    kind: 'operation',
    face: 'paylands',
    timeoutSeconds: REQUEST_SECONDS,
    ...rest,
    // Merchants are looked up, and their signatures decrypted.
    grants: { access: 'read', key: true, ...rest.grants },
    signed: spec.signed ?? body !== undefined,
    errors: withDerivedErrors(rest),
    ...schemasOf({ path, query, body }),
  };
  const run = (exchange: Exchange<KeyCaller>) =>
    execute(runtime(), exchange, {
      handle: async (context) => {
        const answer = await handle({
          ...inputOf<P, Q, B>(exchange),
          caller: callerOf(exchange),
          context: contextFor<G>(context),
          baseUrl: baseUrlOf(exchange, runtime()),
        });
        if (answer.answer === 'error') noteError(runtime(), exchange, answer.error);
        return write(answer, context.merchant, runtime());
      },
      refuse,
    });
  return {
    declaration,
    handler: lambdaOf<KeyCaller>(
      declaration,
      {
        environmentOf: ({ rawPath }) => (rawPath.startsWith(SANDBOX_PATH) ? 'sandbox' : 'live'),
        parse: (event, maxBytes) => emptyListAsObject(parseBody(event, maxBytes)),
        steps: [
          (exchange) => authenticate(exchange, declaration, accessCache()),
          validate,
          (exchange) => verifySignature(exchange, declaration),
        ],
        refuse,
      },
      run,
    ),
  };
}

function refuse(error: RequestError | LedgerError | null): HttpReply {
  if (error === null) return errorReply(500, null, runtime());
  const { status, details } = error instanceof LedgerError ? refusalOf(error) : error;
  return errorReply(status, details, runtime());
}

function write(answer: Answer, merchant: Merchant, { settings, realNowMs }: Runtime): HttpReply {
  const escapeSlashes = settings.ESCAPE_SLASHES;
  const style = { escapeSlashes, nowMs: nowOf(merchant, realNowMs()) };
  switch (answer.answer) {
    case 'payload':
      return { status: 200, body: envelope(answer.payload, style) };
    case 'bare':
      return { status: 200, body: phpJson(answer.body, escapeSlashes) };
    case 'order':
      return {
        status: 200,
        body: orderEnvelope(answer.order, merchant, 'merchant', style, answer.extra),
      };
    case 'error': {
      const status = statusOf(answer.error);
      return { status, body: errorEnvelope(status, answer.details, style) };
    }
  }
}

function errorReply(status: number, details: string | null, { settings }: Runtime): HttpReply {
  const escapeSlashes = settings.ESCAPE_SLASHES;
  return { status, body: errorEnvelope(status, details, { escapeSlashes }) };
}

function baseUrlOf(exchange: Exchange, { settings }: Runtime): string {
  const path = exchange.environment === 'sandbox' ? SANDBOX_PATH : LIVE_PATH;
  return publicUrl(exchange, settings.PUBLIC_URL) + path;
}

const accessCache = shared(
  ({ access, settings }) => new AccessCache(access, settings.ACCESS_CACHE_SECONDS),
);

const LIVE_PATH = '/v1';
const SANDBOX_PATH = '/v1/sandbox';
