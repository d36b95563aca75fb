import type * as z from 'zod/mini';
import type { LedgerContext } from '../../ledger/context.ts';
import { LedgerError } from '../../ledger/errors.ts';
import { type Merchant, nowOf } from '../../ledger/merchant.ts';
import type { Order } from '../../ledger/order.ts';
import { AccessCache, type KeyCaller } from '../access.ts';
import type { DeclaredFunction, PaylandsDeclaration } from '../declaration.ts';
import type { RequestError } from '../errors.ts';
import { callerOf, type Exchange, type HttpReply, publicUrl } from '../exchange.ts';
import { execute } from '../execute.ts';
import { lambdaOf } from '../pipeline.ts';
import { type Runtime, runtime } from '../runtime.ts';
import { authenticate, verifySignature } from './authenticate.ts';
import { envelope, errorEnvelope, orderEnvelope } from './envelope.ts';
import { refusalOf } from './errors.ts';
import { validate } from './validate.ts';

/** What an operation answers; the face writes it. */
export type Answer =
  | { answer: 'payload'; payload: Record<string, unknown> }
  | { answer: 'order'; order: Order; extra?: Record<string, unknown> }
  /** The buyer must go there (contract A.5, soft decline): no `Location` header. */
  | { answer: 'see_other'; url: string }
  | { answer: 'refused'; status: 400; details: string };

/** What an operation is given. */
export interface OperationInput<Path, Query, Body> {
  path: Path;
  query: Query;
  body: Body;
  caller: KeyCaller;
  context: LedgerContext;
  /** The face's address, with the environment: `https://…/v1/sandbox`. */
  baseUrl: string;
}

type Output<T extends z.ZodMiniType | undefined> = T extends z.ZodMiniType
  ? z.output<T>
  : undefined;

type Spec<
  P extends z.ZodMiniType | undefined,
  Q extends z.ZodMiniType | undefined,
  B extends z.ZodMiniType | undefined,
> = Pick<
  PaylandsDeclaration,
  'name' | 'summary' | 'tag' | 'routes' | 'profiles' | 'grants' | 'response' | 'errors'
> & {
  signed?: boolean;
  path?: P;
  query?: Q;
  body?: B;
  timeoutSeconds?: number;
  handle(input: OperationInput<Output<P>, Output<Q>, Output<B>>): Answer | Promise<Answer>;
};

/**
 * Declares an operation of the Paylands face. A request passes, in this order: log context, body,
 * authentication, profile, validation, signature, idempotency key, handler, commit, envelope.
 */
export function paylandsOperation<
  P extends z.ZodMiniType | undefined = undefined,
  Q extends z.ZodMiniType | undefined = undefined,
  B extends z.ZodMiniType | undefined = undefined,
>(spec: Spec<P, Q, B>): DeclaredFunction<PaylandsDeclaration> {
  const { handle, path, query, body, ...rest } = spec;
  const declaration: PaylandsDeclaration = {
    kind: 'operation',
    face: 'paylands',
    timeoutSeconds: 20,
    ...rest,
    signed: spec.signed ?? body !== undefined,
    ...(path === undefined ? {} : { path }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
  };
  const run = (exchange: Exchange<KeyCaller>) =>
    execute(runtime(), exchange, {
      handle: async (context) => {
        const answer = await handle({
          path: exchange.input.path as Output<P>,
          query: exchange.input.query as Output<Q>,
          body: exchange.input.body as Output<B>,
          caller: callerOf(exchange),
          context,
          baseUrl: baseUrlOf(exchange, runtime()),
        });
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
    case 'order':
      return {
        status: 200,
        body: orderEnvelope(answer.order, merchant, 'merchant', style, answer.extra),
      };
    case 'see_other':
      return { status: 303, body: errorEnvelope(303, answer.url, style) };
    case 'refused':
      return { status: answer.status, body: errorEnvelope(answer.status, answer.details, style) };
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

let cache: AccessCache | null = null;

function accessCache(): AccessCache {
  const { access, settings } = runtime();
  cache ??= new AccessCache(access, settings.ACCESS_CACHE_SECONDS);
  return cache;
}

const LIVE_PATH = '/v1';
const SANDBOX_PATH = '/v1/sandbox';
