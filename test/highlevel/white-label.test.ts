import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';

let face: Face;
let location: TestLocation;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  location = await face.newLocation();
});

const PATH = '/payments/integrations/provider/whitelabel';

let names = 0;

/** The server keeps names over all locations, so every test has its own. */
function newName(): string {
  names += 1;
  return `brand-${'a'.repeat(names)}`;
}

function draft(changes: Record<string, unknown> = {}) {
  return {
    altId: location.id,
    altType: 'location',
    uniqueName: newName(),
    title: 'Easy Direct',
    provider: 'nmi',
    description: 'Cards',
    imageUrl: 'https://example.com/logo.png',
    ...changes,
  };
}

const create = (body: unknown, key?: string) =>
  face.call(location.appToken, `POST ${PATH}`, { body, ...(key === undefined ? {} : { key }) });

async function list(query: Record<string, string> = {}) {
  const { body } = await face.call(location.pit, `GET ${PATH}`, {
    query: { altId: location.id, altType: 'location', ...query },
  });
  return body.providers as Record<string, unknown>[];
}

test('a provider is answered with a route and without its unique name', async () => {
  const body = draft();
  const { status, body: created } = await create(body);
  const { uniqueName, ...rest } = body;
  expect(status).toBe(200);
  expect(created).toEqual({
    ...rest,
    _id: expect.stringMatching(/^[0-9a-f]{24}$/),
    route: uniqueName,
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
  });
  expect(await list()).toEqual([created]);
});

test('the list has all without a limit, or a page', async () => {
  const titles = ['One', 'Two', 'Three'];
  for (const title of titles) await create(draft({ title }));
  const titlesOf = async (query = {}) => (await list(query)).map((one) => one.title);
  expect(await titlesOf()).toEqual(titles);
  expect(await titlesOf({ limit: '0' })).toEqual(titles);
  expect(await titlesOf({ limit: '1', offset: '1' })).toEqual(['Two']);
  expect(await titlesOf({ offset: '2' })).toEqual(['Three']);
});

test('a unique name is unique over all locations, also at the same time', async () => {
  const uniqueName = newName();
  const bodies = Array.from({ length: 5 }, () => draft({ uniqueName }));
  const replies = await Promise.all(bodies.map((body) => create(body)));
  expect(replies.map((one) => one.status).sort()).toEqual([200, 422, 422, 422, 422]);
  expect(await list()).toHaveLength(1);
  location = await face.newLocation();
  const { status, body } = await create(draft({ uniqueName }));
  expect(status).toBe(422);
  expect(body.message).toEqual(['uniqueName is already used by another provider']);
  expect(await list()).toEqual([]);
});

test('a repeated key replays', async () => {
  const body = draft();
  const first = await create(body, 'key-1');
  expect((await create(body, 'key-1')).body).toEqual(first.body);
  expect(await list()).toHaveLength(1);
});

test.each(['-a', 'a-', 'A', 'a1', 'a b', '-'])('%j is no unique name', async (uniqueName) => {
  const { status, body } = await create(draft({ uniqueName }));
  expect(status).toBe(422);
  expect(body.message).toEqual([
    'uniqueName must start and end with a letter and hold only lowercase letters and hyphens',
  ]);
});

test('every violation is listed', async () => {
  const imageUrl = 'http://example.com/logo.png';
  const { body } = await create(draft({ title: '', provider: 'stripe', imageUrl }));
  expect(body.message).toEqual([
    'title should not be empty',
    'provider must be one of the following values: authorize-net, nmi',
    'imageUrl must start with https://',
  ]);
});

test('only an app of the location may create one', async () => {
  const body = draft();
  for (const token of [location.pit, location.companyToken]) {
    const answer = await face.call(token, `POST ${PATH}`, { body });
    expect(answer).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining('This authClass type is not allowed') },
    });
  }
  const other = await face.newLocation();
  expect((await face.call(other.appToken, `POST ${PATH}`, { body })).status).toBe(403);
});

test('works through the official SDK', async () => {
  const { payments } = face.sdk(location.appToken);
  const created = await payments.createIntegrationProvider(draft());
  expect(violationsOf('create-integration provider', created)).toEqual([]);
  expect(created).toMatchObject({ altId: location.id, provider: 'nmi' });
  const listed = await payments.listIntegrationProviders({
    altId: location.id,
    altType: 'location',
  });
  expect(violationsOf('list-integration-providers', listed)).toEqual([]);
  expect(listed.providers).toEqual([created]);
});
