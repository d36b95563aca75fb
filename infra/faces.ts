import { errorBody } from '#faces/highlevel/errors.ts';
import { zonedTime } from '#faces/paylands/time.ts';
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

/**
 * The body of a 404 for what is no route, in the words of the face that it is nearest to (contract
 * J and 1.7); `meant` is a route that is like it, where one is looked for.
 */
export function noRouteBody(
  method: string,
  path: string,
  requestId: string,
  meant: string | null = null,
): string {
  const hint = meant === null ? '' : `, did you mean ${meant}?`;
  const problem = `Cannot ${method} ${path.slice(0, 200)}${hint}`;
  if (path.startsWith('/payments/')) return errorBody(404, problem, requestId);
  const current_time = zonedTime(Date.now());
  return JSON.stringify({ message: 'Not Found', code: 404, current_time, details: problem });
}
