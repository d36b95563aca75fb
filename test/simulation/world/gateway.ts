import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { compileRoutes, type Match } from '#infra/local/router.ts';
import type { World } from './world.ts';

/** API Gateway waits no longer for a function. */
const TIMEOUT_MS = 29_000;

export interface HttpRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const router = compileRoutes(functionsOf(catalog, 'operation'));

/** The HTTP API in front of the functions. */
export class Gateway {
  readonly #world: World;
  #requests = 0;

  constructor(world: World) {
    this.#world = world;
  }

  async handle(request: HttpRequest): Promise<HttpAnswer> {
    const [path = '', query = ''] = request.path.split('?', 2);
    const match = router.find(request.method, path);
    if (match === null) throw new Error(`No route for ${request.method} ${path}`);
    this.#requests += 1;
    const event = eventOf(request, path, query, match, `gateway-${this.#requests}`);
    const { promise, resolve } = Promise.withResolvers<HttpAnswer>();
    const timeout = this.#world.time.always(TIMEOUT_MS, () => resolve(failure(503)));
    const outcome = this.#world.lambdas.invoke(match.operation, event);
    void outcome.then((done) => {
      timeout.cancel();
      resolve('result' in done ? answerOf(done.result) : failure(500));
    });
    return promise;
  }
}

function answerOf(result: unknown): HttpAnswer {
  const { statusCode = 200, headers = {}, body = '' } = result as APIGatewayProxyStructuredResultV2;
  return { status: statusCode, headers: headers as Record<string, string>, body };
}

function failure(status: 500 | 503): HttpAnswer {
  const message = status === 500 ? 'Internal Server Error' : 'Service Unavailable';
  return { status, headers: { gateway: 'true' }, body: JSON.stringify({ message }) };
}

function eventOf(
  { method, headers, body }: HttpRequest,
  rawPath: string,
  rawQueryString: string,
  { routeKey, parameters }: Match,
  requestId: string,
): APIGatewayProxyEventV2 {
  const pathParameters = Object.fromEntries(
    parameters.map(([name, value]) => [name, decodeURIComponent(value)]),
  );
  const queryStringParameters = Object.fromEntries(new URLSearchParams(rawQueryString));
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    headers: { host: 'pay.example', ...headers },
    ...(rawQueryString === '' ? {} : { queryStringParameters }),
    ...(parameters.length === 0 ? {} : { pathParameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'simulated',
      domainName: 'pay.example',
      domainPrefix: 'pay',
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.7',
        userAgent: 'simulation',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: '',
      timeEpoch: Date.now(),
    },
    ...(body === null ? {} : { body }),
    isBase64Encoded: false,
  };
}
