import { errorBody } from '#faces/highlevel/errors.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';

/** Where the routes of a face begin; every route exists under each of them. */
export const BASE_PATHS: Readonly<Record<OperationDeclaration['face'], readonly string[]>> = {
  paylands: ['/v1', '/v1/sandbox'],
  highlevel: [''],
};

/** Where the routes of an operation begin. */
export function basePathsOf({ face, atRoot }: OperationDeclaration): readonly string[] {
  return atRoot === true ? [''] : BASE_PATHS[face];
}

/** A route under a base path: `GET /order/{uuid}` becomes `GET /v1/order/{uuid}`. */
export function routeUnder(basePath: string, route: string): { method: string; path: string } {
  const [method = '', path = '/'] = route.split(' ');
  return { method, path: path === '/' ? basePath : basePath + path };
}

/** The body of a 404 for what is no route; HighLevel's services name it (contract 1.7). */
export function noRouteBody(method: string, path: string, requestId: string): string {
  if (!path.startsWith('/payments/')) return JSON.stringify({ message: 'Not Found' });
  return errorBody(404, `Cannot ${method} ${path}`, requestId);
}
