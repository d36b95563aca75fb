import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { unroutedReply } from '#infra/faces.ts';
import type { LambdaContext } from '#operation/declare/declaration.ts';

/** An operation that the fallback answers with, loaded when it is asked for. */
export interface FallbackOperation {
  routeKeys: readonly string[];
  load(): Promise<{ handler: HttpHandler }>;
}

type HttpHandler = (event: APIGatewayProxyEventV2, context: LambdaContext) => Promise<unknown>;

interface FallbackRoute {
  routeKey: string;
  pattern: RegExp;
  operation: FallbackOperation;
}

/**
 * The handler of an API's `$default` route: of aliases, which cost the gateway no route, and of
 * paths with a trailing slash, which HTTP APIs take for other paths and allow no route for. The
 * operation's own handler answers them, in this process.
 */
export function fallback(operations: readonly FallbackOperation[]): HttpHandler {
  const routes = compile(operations);
  return async (event, context) => {
    const found = find(routes, event);
    if (found === null) return unrouted(event, methodsOf(routes, event), context.awsRequestId);
    const { handler } = await found.operation.load();
    return handler(found.event, context);
  };
}

function unrouted(
  { rawPath, requestContext }: APIGatewayProxyEventV2,
  methods: readonly string[],
  requestId: string,
) {
  const { method } = requestContext.http;
  const reply = unroutedReply({ method, path: rawPath, requestId, methods });
  return { statusCode: reply.status, headers: reply.headers, body: reply.body };
}

/** As in API Gateway, a literal segment wins over a parameter. */
function compile(operations: readonly FallbackOperation[]): FallbackRoute[] {
  const routes = operations.flatMap((operation) =>
    operation.routeKeys.map((routeKey) => ({ routeKey, pattern: patternOf(routeKey), operation })),
  );
  const rank = ({ routeKey }: FallbackRoute) => routeKey.replaceAll('{', '\uffff');
  return routes.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

function patternOf(routeKey: string): RegExp {
  const segments = routeKey.split('/').map((segment) => {
    return segment.startsWith('{') ? `(?<${segment.slice(1, -1)}>[^/]+)` : RegExp.escape(segment);
  });
  return new RegExp(`^${segments.join('/')}$`);
}

/** The methods that a path takes; none when it is not known. */
function methodsOf(routes: readonly FallbackRoute[], event: APIGatewayProxyEventV2): string[] {
  const path = pathOf(event);
  const methods = routes.flatMap(({ routeKey, pattern }) => {
    const [method = ''] = routeKey.split(' ');
    return pattern.test(`${method} ${path}`) ? [method] : [];
  });
  return [...new Set(methods)].sort();
}

/** Without a trailing slash. */
function pathOf({ rawPath }: APIGatewayProxyEventV2): string {
  return rawPath.replace(/\/$/, '');
}

function find(routes: readonly FallbackRoute[], event: APIGatewayProxyEventV2) {
  const rawPath = pathOf(event);
  const request = `${event.requestContext.http.method} ${rawPath}`;
  for (const { routeKey, pattern, operation } of routes) {
    const match = pattern.exec(request);
    if (match === null) continue;
    const pathParameters = decoded(match.groups ?? {});
    return { operation, event: { ...event, rawPath, routeKey, pathParameters } };
  }
  return null;
}

function decoded(parameters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, decode(value)]),
  );
}

/** A value that is no valid encoding was decoded by the gateway already. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
