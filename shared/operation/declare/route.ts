import type * as z from 'zod/mini';
import type { Schema } from '#operation/http/input.ts';
import type { Route } from './declaration.ts';

/** The parameters in a route's text: `order_uuid` of `GET /order/{order_uuid}`. */
export type ParametersOf<R extends string> = R extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : never;

/** The routes of one operation, all of them with the same parameters. */
export type RoutesOf<R extends Route> = readonly [R, ...R[]] &
  readonly WithAll<ParametersOf<R>, R>[];

/** Those of some routes that have all of these parameters. */
type WithAll<N extends string, R extends Route> = R extends Route
  ? [N] extends [ParametersOf<R>]
    ? R
    : never
  : never;

/** A schema of a path that has the parameters of its route, and no others. */
export type PathOf<R extends Route, P extends Schema> = [ParametersOf<R>] extends [never]
  ? { path?: never }
  : P extends z.ZodMiniType
    ? [keyof z.output<P>, ParametersOf<R>] extends [ParametersOf<R>, keyof z.output<P>]
      ? { path: P }
      : { path: `has not the parameters of ${R}` }
    : { path: z.ZodMiniType };
