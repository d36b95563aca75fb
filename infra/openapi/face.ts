import type * as z from 'zod/mini';
import type { ZodMiniType } from 'zod/mini';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import type { FieldTexts } from './fields/texts.ts';
import type { Schema } from './schema.ts';

/** What the documentation says of one face in its own words. */
export interface FaceDocumentation<D extends OperationDeclaration> {
  face: D['face'];
  title: string;
  description: string;
  security: object[];
  securitySchemes: Record<string, object>;
  /** Headers that several operations take, by the name they are referred to. */
  parameters: Record<string, object>;
  /** Names of those that an operation takes. */
  parametersOf(declaration: D): string[];
  /** Shapes that several operations share, by name. */
  shapes: z.core.$ZodRegistry<{ id: string }>;
  error: ZodMiniType;
  /** Values for the fields of requests that together make a working example. */
  examples: Readonly<Record<string, unknown>>;
  /** What the fields of requests mean. */
  fields: FieldTexts;
  /** What the fields of answers mean. */
  answers: FieldTexts;
  successOf(declaration: D): number;
  /** Who may call an operation. */
  accessOf(declaration: D): string;
  /** A body as it is sent, from what its declaration says. */
  bodyOf(schema: Schema, declaration: D): Schema;
  /** When errors are answered. */
  errorTexts: FieldTexts;
  /** The status of an input that is not valid. */
  invalid: 400 | 422;
  /** The status of an error that an operation declares. */
  statusOf(code: D['errors'][number], declaration: D): number;
  /** Errors that follow from how requests are processed. */
  processingErrorsOf(declaration: D): Record<number, string>;
}

export function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes it safe to repeat the request: it has an effect once.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** What may go wrong when it is asked for (docs/sandbox.md). */
export const FAULT = {
  name: 'Pasarela-Fault',
  in: 'header',
  required: false,
  description: `Faults on demand, an extension of ours for the sandbox: what is to go wrong with this \
request, separated by commas. \`refused\`; \`timeout\`, an answer of the acquirer that gets lost; \
\`delay=5\`, seconds, 1 to 60; \`error=503\` before anything is done, or \`error-after=503\` once \
everything is, with 500, 502, 503 or 504; \`notify-twice\`; \`notify-late=60\`, seconds, 1 to 900. \
Anything else is HTTP 400, and so is the header in a live environment.`,
  schema: { type: 'string' },
  examples: {
    late: { value: 'timeout, notify-late=30' },
    lost: { value: 'error-after=503' },
  },
};

export const FAILED =
  'Something failed here; with the same `Idempotency-Key` it is safe to try again';

export const IDEMPOTENCY_ERRORS = {
  409: 'A request with the same `Idempotency-Key` is still in flight: see `Retry-After`',
  422: 'The `Idempotency-Key` was used with another payload',
};
