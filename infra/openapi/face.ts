import type * as z from 'zod/mini';
import type { ZodMiniType } from 'zod/mini';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
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
  successOf(declaration: D): number;
  /** Who may call an operation. */
  accessOf(declaration: D): string;
  /** A body as it is sent, from what its declaration says. */
  bodyOf(schema: Schema, declaration: D): Schema;
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

export const FAILED =
  'Something failed here; with the same `Idempotency-Key` it is safe to try again';

export const IDEMPOTENCY_ERRORS = {
  409: 'A request with the same `Idempotency-Key` is still in flight: see `Retry-After`',
  422: 'The `Idempotency-Key` was used with another payload',
};
