import type * as z from 'zod/mini';
import type { Exchange } from './exchange.ts';

/** The schema of a part of a request; absent when an operation does not read that part. */
export type Schema = z.ZodMiniType | undefined;

/** The schemas of an operation. */
export interface Schemas<P extends Schema, Q extends Schema, B extends Schema> {
  path?: P;
  query?: Q;
  body?: B;
}

/** A request's input as its schemas made it. */
export interface Input<P extends Schema, Q extends Schema, B extends Schema> {
  path: Output<P>;
  query: Output<Q>;
  body: Output<B>;
}

type Output<T extends Schema> = T extends z.ZodMiniType ? z.output<T> : undefined;

/** The validated input of a request; `validate` made it of the operation's own schemas. */
export function inputOf<P extends Schema, Q extends Schema, B extends Schema>(
  exchange: Exchange,
): Input<P, Q, B> {
  return exchange.input as Input<P, Q, B>;
}

/** The schemas that were given, without those that are undefined. */
export function schemasOf({ path, query, body }: Schemas<Schema, Schema, Schema>) {
  return {
    ...(path === undefined ? {} : { path }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
  };
}
