import { basePathsOf, routeUnder } from '#infra/faces.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import type { CatalogEntry } from './functions.ts';

/** A route that matched a request. */
export interface Match {
  /** API Gateway's name of the route: `GET /v1/order/{order_uuid}`. */
  routeKey: string;
  operation: CatalogEntry<OperationDeclaration>;
  /** The values of the path's parameters, still URL-encoded. */
  parameters: [name: string, value: string][];
}

/** Finds operations by the path of a request, without its query. */
export interface Router {
  /** The operation for a method and a path, or null. */
  find(method: string, path: string): Match | null;
  /** The methods that a path takes; none when it is not known. */
  methodsOf(path: string): string[];
}

interface Route {
  routeKey: string;
  operation: CatalogEntry<OperationDeclaration>;
  names: string[];
}

/** A segment of a path: where it leads, and what it answers when the path ends here. */
interface Node {
  statics: Map<string, Node>;
  parameter: Node | null;
  routes: Map<string, Route>;
}

/**
 * Compiles the routes of all operations under the base paths of their faces. As in API Gateway, a
 * literal segment wins over a parameter; unlike there, one trailing slash is ignored.
 */
export function compileRoutes(operations: readonly CatalogEntry<OperationDeclaration>[]): Router {
  const root = newNode();
  for (const operation of operations) {
    for (const route of operation.declaration.routes) {
      for (const base of basePathsOf(operation.declaration)) {
        const { method, path } = routeUnder(base, route);
        add(root, method, path, operation);
      }
    }
  }
  return {
    find: (method, path) => find(root, method, segmentsOf(path), 1, []),
    methodsOf: (path) => [...new Set(methodsAt(root, segmentsOf(path), 1))].sort(),
  };
}

/** Without a trailing slash. */
function segmentsOf(path: string): string[] {
  const segments = path.split('/');
  if (segments.length > 2 && segments.at(-1) === '') segments.pop();
  return segments;
}

function add(
  root: Node,
  method: string,
  path: string,
  operation: CatalogEntry<OperationDeclaration>,
): void {
  const names: string[] = [];
  let node = root;
  for (const segment of path.split('/').slice(1)) {
    if (segment.startsWith('{')) {
      names.push(segment.slice(1, -1));
      node.parameter ??= newNode();
      node = node.parameter;
    } else {
      const next = node.statics.get(segment) ?? newNode();
      node.statics.set(segment, next);
      node = next;
    }
  }
  const routeKey = `${method} ${path}`;
  if (node.routes.has(method)) throw new Error(`Two operations share the route ${routeKey}`);
  node.routes.set(method, { routeKey, operation, names });
}

function find(
  node: Node,
  method: string,
  segments: readonly string[],
  index: number,
  values: readonly string[],
): Match | null {
  const segment = segments[index];
  if (segment === undefined) return matchOf(node.routes.get(method), values);
  const literal = node.statics.get(segment);
  const found = literal === undefined ? null : find(literal, method, segments, index + 1, values);
  if (found !== null || node.parameter === null || segment === '') return found;
  return find(node.parameter, method, segments, index + 1, [...values, segment]);
}

function methodsAt(node: Node, segments: readonly string[], index: number): string[] {
  const segment = segments[index];
  if (segment === undefined) return [...node.routes.keys()];
  const next = [node.statics.get(segment), segment === '' ? null : node.parameter];
  return next.flatMap((one) => (one ? methodsAt(one, segments, index + 1) : []));
}

function matchOf(route: Route | undefined, values: readonly string[]): Match | null {
  if (route === undefined) return null;
  const { routeKey, operation, names } = route;
  return { routeKey, operation, parameters: names.map((name, at) => [name, values[at] ?? '']) };
}

function newNode(): Node {
  return { statics: new Map(), parameter: null, routes: new Map() };
}
