import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HighLevelDeclaration } from '#faces/highlevel/declaration.ts';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { APP, type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
import { CALLS } from '#test/highlevel/support/sdk-calls.ts';

let face: Face;
let location: TestLocation;
let other: TestLocation;

beforeAll(async () => {
  face = await startFace();
  location = await face.newLocation();
  other = await face.newLocation();
});
afterAll(() => face.stop());

const WRONG_CLASS =
  'This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.';

const operations = functionsOf(catalog, 'operation')
  .map((one) => one.declaration)
  .filter((one): one is HighLevelDeclaration => one.face === 'highlevel');
const cases = operations.map((one): [string, HighLevelDeclaration] => [one.name, one]);

/** A request of an operation, valid or not: who calls is looked at first. */
function ask(
  { routes: [route] }: HighLevelDeclaration,
  headers: Record<string, string>,
  query: Record<string, string> = {},
) {
  const [method = '', path = ''] = route.replaceAll(/\{\w+\}/g, 'f'.repeat(24)).split(' ');
  return fetch(`${face.url}${path}?${new URLSearchParams(query)}`, { method, headers }).then(
    async (response) => ({ status: response.status, body: await response.json() }),
  );
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}`, version: 'v3' });

test('there is an operation for every method of the SDK', () => {
  expect(operations).toHaveLength(CALLS.length);
});

describe.each(cases)('%s', (_, declaration) => {
  test('needs a version', async () => {
    const { authorization } = bearer(location.appToken);
    const answer = await ask(declaration, { authorization });
    expect(answer).toEqual({
      status: 401,
      body: {
        statusCode: 401,
        status: 401,
        message: 'version header was not found.',
        error: 'Unauthorized',
        name: 'HttpException',
        traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
  });

  test.each([
    ['2019-01-01', 401, 'version header is invalid'],
    ['bogus', 400, "Invalid API version segment 'bogus' at position 0"],
  ])('takes no version %s', async (version, status, message) => {
    const headers = { ...bearer(location.appToken), version };
    expect(await ask(declaration, headers)).toMatchObject({ status, body: { message } });
  });

  test.each([
    ['nothing', '', 'Invalid JWT'],
    ['an unknown private token', 'Bearer pit-x', 'Invalid Private Integration token'],
    ['an unknown JWT', 'Bearer a.b.c', 'Invalid JWT'],
    ['anything else', 'Bearer x', 'Invalid token: access token is invalid'],
  ])('is not for %s', async (_what, authorization, message) => {
    const answer = await ask(declaration, { authorization, version: 'v3' });
    expect(answer).toMatchObject({ status: 401, body: { message, error: 'Unauthorized' } });
  });

  test.runIf(declaration.scopes.length > 0)('is not for a token without its scope', async () => {
    const token = await face.newToken(location.id, APP, ['payments/other']);
    expect(await ask(declaration, bearer(token))).toMatchObject({
      status: 401,
      body: { message: 'The token is not authorized for this scope.' },
    });
  });

  test('is not for another location', async () => {
    for (const field of ['altId', 'locationId']) {
      const query = { [field]: other.id };
      expect(await ask(declaration, bearer(location.appToken), query)).toMatchObject({
        status: 403,
        body: { message: 'The token does not have access to this location.', error: 'Forbidden' },
      });
    }
  });

  test('is for the tokens that it says', async () => {
    const isApp = declaration.tokens !== 'location';
    const expected = isApp ? { status: 401, body: { message: WRONG_CLASS } } : {};
    const withPit = await ask(declaration, bearer(location.pit));
    if (isApp) expect(withPit).toMatchObject(expected);
    else expect([400, 422]).toContain(withPit.status);
    const withCompany = await ask(declaration, bearer(location.companyToken));
    if (declaration.tokens === 'app_or_company') expect(withCompany.status).toBe(422);
    else expect(withCompany).toMatchObject({ status: 401, body: { message: WRONG_CLASS } });
    const companyPit = await face.newToken(location.company, null, [...declaration.scopes]);
    const message = "Token's user type mismatch!";
    const answer = await ask(declaration, bearer(companyPit));
    if (declaration.tokens !== 'app_or_company') {
      expect(answer).toMatchObject({ status: 401, body: { message } });
    }
  });
});

test.each(['2021-07-28', '2021-04-15', '2023-02-21', 'v3', 'legacy'])(
  'version %s is taken',
  async (version) => {
    const headers = { ...bearer(location.pit), version };
    const url = `${face.url}/payments/orders/?altId=${location.id}&altType=location`;
    expect((await fetch(url, { headers })).status).toBe(200);
  },
);

test('a scope is no other one', async () => {
  const token = await face.newToken(location.id, null, ['payments/orders.readonly']);
  const query = { altId: location.id };
  expect((await face.call(token, 'GET /payments/orders', { query })).status).toBe(200);
  const answer = await face.call(token, 'GET /payments/coupon/list', { query });
  expect(answer.status).toBe(401);
});

test.each([
  { request: 'GET /payments/nothing', status: 404 },
  { request: 'GET /payments/custom-provider/provider', status: 405 },
])('$request, which is no route, says so', async ({ request, status }) => {
  const answer = await face.call(location.pit, request);
  expect(answer).toMatchObject({
    status,
    body: { statusCode: status, message: expect.stringMatching(`^Cannot ${request}\\b`) },
  });
});
