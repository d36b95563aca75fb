import { randomUUID } from 'node:crypto';
import type { DeclaredFunction, FunctionDeclaration } from '#operation/declare/declaration.ts';
import { asFunction } from './as-function.ts';

/** A function of the catalog. */
export type CatalogEntry<D extends FunctionDeclaration = FunctionDeclaration> =
  DeclaredFunction<D> & { path: string };

type OfKind<K extends FunctionDeclaration['kind']> = CatalogEntry<
  Extract<FunctionDeclaration, { kind: K }>
>;

/** The functions of one kind. */
export function functionsOf<K extends FunctionDeclaration['kind']>(
  catalog: readonly CatalogEntry[],
  kind: K,
): OfKind<K>[] {
  return catalog.filter((one): one is OfKind<K> => one.declaration.kind === kind);
}

/** Calls a function the way Lambda does: with its own environment and rights. */
export function invoke(
  entry: DeclaredFunction,
  event: object,
  requestId: string = randomUUID(),
): Promise<unknown> {
  const deadline = performance.now() + entry.declaration.timeoutSeconds * 1000;
  return asFunction(entry.declaration, () =>
    entry.handler(event as never, {
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
    }),
  );
}
