import type { HighLevelDeclaration } from '#faces/highlevel/declaration.ts';
import { errorBody } from '#faces/highlevel/errors.ts';
import type { PaylandsDeclaration } from '#faces/paylands/declaration.ts';
import { zonedTime } from '#faces/paylands/time.ts';
import { withoutLikelyCardNumbers } from '#ledger/cards/card-numbers.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';

type Face = (HighLevelDeclaration | PaylandsDeclaration)['face'];

/** Where the routes of a face begin; every route exists under each of them. */
export const BASE_PATHS: Readonly<Record<Face, readonly string[]>> = {
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

/** A request that no operation answers. */
export interface Unrouted {
  method: string;
  path: string;
  requestId: string;
  /** The methods that operations take at this path. */
  methods: readonly string[];
  /** A route that is like it, where one is looked for. */
  meant?: string | null;
}

/**
 * What a request that is no route is answered, in the words of the face that it is nearest to
 * (contract J and 1.7): 405 with `Allow` for another method of a known path, else 404.
 */
export function unroutedReply({ method, path, requestId, methods, meant }: Unrouted) {
  const problem = `Cannot ${method} ${withoutLikelyCardNumbers(path).slice(0, 200)}`;
  const hint = meant ? `, did you mean ${meant}?` : '';
  const headers = { 'content-type': 'application/json' };
  if (methods.length === 0) return { status: 404, headers, body: bodyOf(404, problem + hint) };
  const allow = methods.join(', ');
  const body = bodyOf(405, `${problem}: this path takes ${allow}`);
  return { status: 405, headers: { ...headers, allow }, body };

  function bodyOf(status: 404 | 405, details: string): string {
    if (path.startsWith('/payments/')) return errorBody(status, details, requestId);
    const message = status === 404 ? 'Not Found' : 'Method Not Allowed';
    const current_time = zonedTime(Date.now());
    return JSON.stringify({ message, code: status, current_time, details });
  }
}
