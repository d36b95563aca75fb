import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { fallback } from '#infra/aws/fallback.ts';

/** An operation that answers with what it was asked. */
function operation(name: string, ...routeKeys: string[]) {
  const handler = async (event: APIGatewayProxyEventV2) => ({
    name,
    rawPath: event.rawPath,
    routeKey: event.routeKey,
    pathParameters: event.pathParameters,
  });
  return { routeKeys, load: async () => ({ handler }) };
}

const handler = fallback([
  operation('root', 'GET /v1', 'GET /v1/sandbox'),
  operation('card', 'GET /v1/card/{uuid}', 'GET /v1/sandbox/card/{uuid}'),
  operation('validate', 'GET /v1/card/validate', 'GET /v1/card/check'),
  operation('cards', 'GET /v1/customer/{external_id}/cards'),
]);

function ask(method: string, rawPath: string) {
  const event = { rawPath, requestContext: { http: { method } } };
  return handler(event as APIGatewayProxyEventV2, {
    awsRequestId: 'request',
    getRemainingTimeInMillis: () => 1000,
  });
}

test.each([
  ['/v1/', 'root', 'GET /v1', {}],
  ['/v1/sandbox/', 'root', 'GET /v1/sandbox', {}],
  ['/v1/sandbox/card/7/', 'card', 'GET /v1/sandbox/card/{uuid}', { uuid: '7' }],
  ['/v1/card/validate/', 'validate', 'GET /v1/card/validate', {}],
  [
    '/v1/customer/a%40b.es/cards/',
    'cards',
    'GET /v1/customer/{external_id}/cards',
    { external_id: 'a@b.es' },
  ],
  [
    '/v1/customer/100%/cards/',
    'cards',
    'GET /v1/customer/{external_id}/cards',
    { external_id: '100%' },
  ],
])('%s is answered by %s', async (path, name, routeKey, pathParameters) => {
  const rawPath = path.slice(0, -1);
  expect(await ask('GET', path)).toEqual({ name, rawPath, routeKey, pathParameters });
});

test('an alias is answered by its operation, with and without a trailing slash', async () => {
  const rawPath = '/v1/card/check';
  const answer = { name: 'validate', rawPath, routeKey: 'GET /v1/card/check', pathParameters: {} };
  expect(await ask('GET', rawPath)).toEqual(answer);
  expect(await ask('GET', `${rawPath}/`)).toEqual(answer);
});

test.each([
  ['GET', '/v1/unknown/'],
  ['GET', '/v1//'],
  ['GET', '/v1/card/'],
  ['GET', '/v1/card/7/8/'],
  ['GET', '/'],
  ['GET', '/favicon.ico'],
])('%s %s is not found', async (method, path) => {
  expect(await ask(method, path)).toEqual({
    statusCode: 404,
    headers: { 'content-type': 'application/json' },
    body: expect.stringMatching(
      /^\{"message":"Not Found","code":404,"current_time":"[^"]+","details":"Cannot /,
    ),
  });
});

test.each([
  ['POST', '/v1/', 'GET'],
  ['POST', '/v1/sandbox/card/7', 'GET'],
  ['DELETE', '/v1/card/check/', 'GET'],
])('%s %s is not allowed', async (method, path, allow) => {
  expect(await ask(method, path)).toEqual({
    statusCode: 405,
    headers: { 'content-type': 'application/json', allow },
    body: expect.stringContaining(`"details":"Cannot ${method} ${path}: this path takes ${allow}"`),
  });
});

test('another method of a path of HighLevel is not allowed in its own words', async () => {
  const highlevel = fallback([operation('orders', 'GET /payments/orders')]);
  const event = { rawPath: '/payments/orders', requestContext: { http: { method: 'PUT' } } };
  const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 1000 };
  const answer = await highlevel(event as APIGatewayProxyEventV2, context);
  expect(answer).toMatchObject({ statusCode: 405, headers: { allow: 'GET' } });
  expect(JSON.parse((answer as { body: string }).body)).toEqual({
    statusCode: 405,
    status: 405,
    message: 'Cannot PUT /payments/orders: this path takes GET',
    error: 'Method Not Allowed',
    name: 'HttpException',
    traceId: 'request',
  });
});
