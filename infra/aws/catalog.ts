import { basePathsOf, routeUnder } from '#infra/faces.ts';
import type { FunctionDeclaration, OperationDeclaration } from '#operation/declare/declaration.ts';

/** A function of the catalog, as far as deploying it goes. */
export interface CatalogFunction<D extends FunctionDeclaration = FunctionDeclaration> {
  /** Below `functions/`; it names the Lambda and its bundle. */
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

/** `paylands/payments/refund-payment` is in the room `paylands`, which is a stack. */
export function roomOf({ path }: { path: string }): string {
  return path.split('/')[0] ?? path;
}

/**
 * The routes that a gateway knows of an operation among all of its API: the documented one under
 * every base path, and aliases that it would take for another operation's route. All other aliases
 * are answered by the fallback, so that a gateway has not many more routes than operations.
 */
export function gatewayRoutesOf(
  operation: OperationDeclaration,
  all: readonly OperationDeclaration[],
): string[] {
  const [documented, ...aliases] = operation.routes;
  const patterns = all.map((one) => patternOf(one.routes[0]));
  const taken = aliases.filter((alias) => patterns.some((pattern) => pattern.test(alias)));
  return routeKeys(operation, [documented, ...taken]);
}

/** What API Gateway takes for a route: a parameter stands for any one segment. */
function patternOf(route: string): RegExp {
  const segments = route
    .split('/')
    .map((one) => (one.startsWith('{') ? '[^/]+' : RegExp.escape(one)));
  return new RegExp(`^${segments.join('/')}$`);
}

/** All routes of an operation, aliases too, under every base path that it has. */
export function routeKeysOf(operation: OperationDeclaration): string[] {
  return routeKeys(operation, operation.routes);
}

function routeKeys(operation: OperationDeclaration, routes: readonly string[]): string[] {
  return basePathsOf(operation).flatMap((base) =>
    routes.map((route) => {
      const { method, path } = routeUnder(base, route);
      return `${method} ${path}`;
    }),
  );
}
