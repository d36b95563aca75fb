import { basePathsOf, routeUnder } from '#infra/faces.ts';
import type { FunctionDeclaration, OperationDeclaration } from '#operation/declare/declaration.ts';

/** A function of the catalog, as far as deploying it goes. */
export interface CatalogFunction<D extends FunctionDeclaration = FunctionDeclaration> {
  /** Below `functions/`; its first two segments are the family. */
  path: string;
  declaration: D;
}

type Face = OperationDeclaration['face'];
type Of<K extends FunctionDeclaration['kind']> = Extract<FunctionDeclaration, { kind: K }>;

/** The functions of one kind. */
export function functionsOf<K extends FunctionDeclaration['kind']>(
  catalog: readonly CatalogFunction[],
  kind: K,
): CatalogFunction<Of<K>>[] {
  return catalog.filter((one): one is CatalogFunction<Of<K>> => one.declaration.kind === kind);
}

/** The operations of every face that the catalog has any of. */
export function operationsByFace(
  catalog: readonly CatalogFunction[],
): [Face, CatalogFunction<OperationDeclaration>[]][] {
  const operations = functionsOf(catalog, 'operation');
  return [...Map.groupBy(operations, ({ declaration }) => declaration.face)];
}

/** `paylands/payments/refund-payment` is of the family `paylands-payments`. */
export function familyOf({ path }: CatalogFunction): string {
  return path.split('/').slice(0, 2).join('-');
}

/** The routes of an operation, under every base path that it has. */
export function routeKeysOf(operation: OperationDeclaration): string[] {
  return basePathsOf(operation).flatMap((base) =>
    operation.routes.map((route) => {
      const { method, path } = routeUnder(base, route);
      return `${method} ${path}`;
    }),
  );
}
