import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '#store/access/access-store.ts';
import { Client } from '#test/support/client.ts';
import { once } from '#test/support/once.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkAnswer } from './check-answer.ts';
import { operations, prepare, send } from './play.ts';
import { successOf } from './scenarios.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ remembers: true });
});
afterAll(() => stack.stop());

const forms: { form: string; header: (key: string) => string }[] = [
  { form: 'Basic with a colon', header: (key) => `Basic ${btoa(`${key}:`)}` },
  { form: 'Basic without a colon', header: (key) => `Basic ${btoa(key)}` },
  { form: 'Bearer', header: (key) => `Bearer ${key}` },
  { form: 'bearer in lower case', header: (key) => `bearer ${key}` },
  { form: 'the bare key', header: (key) => key },
];

describe.each(forms)('authentication by $form', ({ header }) => {
  const withKey = (key: string) => ({ headers: { authorization: header(key) } });

  test('lets a read and a write in', async () => {
    const { apiKey } = stack.demo.credentials;
    const read = await stack.demo.get('/', withKey(apiKey));
    const write = await stack.demo.post('/customer', { customer_ext_id: 'x' }, withKey(apiKey));
    expect([read.status, write.status]).toEqual([200, 200]);
  });

  test('keeps a wrong key out', async () => {
    expect((await stack.demo.get('/', withKey('0'.repeat(32)))).status).toBe(401);
  });
});

test.each(['', ' ', 'Basic', 'Basic :', 'Basic Og==', 'Digest x', 'Bearer', 'Bearer a b'])(
  'the header "%s" lets nobody in',
  async (authorization) => {
    const answer = await stack.demo.get('/', { headers: { authorization } });
    expect(answer.status).toBe(401);
  },
);

test('a key that was revoked lets nobody in', async () => {
  const client = await stack.withProfiles(stack.demoTenant, stack.demo, ['all']);
  const { access } = stack.runtime;
  const found = await access.findKey(client.credentials.apiKey);
  if (found === null) throw new Error('The key was not kept');
  expect((await client.get('/api-key/me')).status).toBe(200);
  const revoked = { ...found, revokedAt: new Date().toISOString() };
  await access.putKey(digestOf(client.credentials.apiKey), revoked);
  // A function that has not read it before.
  expect((await client.get('/')).status).toBe(401);
});

const live = (client: Client) => new Client({ ...client.credentials, baseUrl: `${stack.url}/v1` });

describe.each(operations)('$name', (operation) => {
  const { name, profiles, signed } = operation;
  const scenario = successOf(name);
  /** For what is refused, and leaves it as it is. */
  const refused = once(() => prepare(scenario, stack.demo));

  test('answers 401 to a wrong key, and to a sandbox key in live', async () => {
    const prepared = await refused();
    const wrong = new Client({ ...stack.demo.credentials, apiKey: '0'.repeat(32) });
    for (const client of [wrong, live(stack.demo)]) {
      const answer = await send(client, prepared);
      expect(answer.status).toBe(401);
      checkAnswer(operation, answer, client.credentials);
    }
  });

  test('answers 403 without a right signature, where one is needed', async () => {
    const prepared = await refused();
    for (const signature of ['wrong', '', null, 1, [stack.demo.credentials.signature], undefined]) {
      const body = signed ? { ...prepared.body, signature } : undefined;
      const answer = await send(stack.demo, { ...prepared, body });
      expect(answer.status).toBe(signed ? 403 : 200);
    }
  });

  test('answers 403 to a key without its profiles, and lets those with one in', async () => {
    const asKey = (names: string[]) => stack.withProfiles(stack.demoTenant, stack.demo, names);
    const other = profiles.includes('moto') ? 'tokenize' : 'moto';
    const stranger = await send(await asKey([other]), await refused());
    expect(stranger.status).toBe(profiles.length === 0 ? 200 : 403);
    for (const profile of profiles) {
      const { status } = await send(await asKey([profile]), await prepare(scenario, stack.demo));
      expect(status, profile).toBe(200);
    }
  });
});

/** Operations on something that was created before, named by its id. */
const onIds = operations.filter(({ name, path, tag }) => {
  // Rows of a file that name what is not the merchant's are errors of its answer.
  if (tag === 'Batch') return false;
  const { body } = successOf(name).request;
  return path !== undefined || /"\$\w+\.\w+\.uuid/.test(JSON.stringify(body ?? {}));
});

describe('what belongs to a merchant', () => {
  test('is named by an id in many operations', () => expect(onIds.length).toBeGreaterThan(40));

  const other = once(() => stack.newMerchant());
  const inLive = once(() => stack.newMerchant({ environment: 'live' }));

  describe.each(onIds)('$name', (operation) => {
    const prepared = once(() => prepare(successOf(operation.name), stack.demo));

    test('knows nothing of it in live', async () => {
      const { client } = await inLive();
      expect((await send(client, await prepared())).status).toBe(404);
    });

    test('knows nothing of it for another merchant', async () => {
      const { client } = await other();
      const answer = await send(client, await prepared());
      expect(answer.status).toBe(404);
      checkAnswer(operation, answer, client.credentials);
      expect((await send(stack.demo, await prepared())).status).toBe(200);
    });
  });

  test('is unknown when only the order or only the card is one’s own', async () => {
    const { client } = await stack.newMerchant();
    const [order, card] = [await stack.demo.createOrder(), await stack.demo.saveCard()];
    const [otherOrder, otherCard] = [await client.createOrder(), await client.saveCard()];
    expect((await client.charge(otherOrder.uuid, card.uuid)).status).toBe(404);
    expect((await client.charge(order.uuid, otherCard.uuid)).status).toBe(404);
    expect((await stack.demo.order(order.uuid)).status).toBe('CREATED');
  });

  test('is not in the lists of another', async () => {
    const { client } = await stack.newMerchant();
    await stack.demo.paidOrder();
    expect(await client.rows()).toEqual([]);
    await client.saveCard();
    const { body } = await client.get('/customer/customer/cards?status=ALL');
    expect(body.cards).toHaveLength(1);
  });

  test('is a service too', async () => {
    const { client } = await stack.newMerchant();
    const { redsys = '' } = stack.demo.credentials.services;
    await expect(client.createOrder({ service: redsys })).rejects.toThrow(/Service not found/);
  });
});

describe('live', () => {
  test.each([
    'createOrder',
    'saveCard',
    'saveCards',
    'createMotoCampaignCsv',
    'createMotoCampaignJson',
  ])('has no acquirer yet: %s answers 503 and keeps nothing', async (name) => {
    const { client } = await stack.newMerchant({ environment: 'live' });
    const prepared = await prepare(successOf(name), client);
    for (const key of ['live', 'live']) {
      const answer = await send(client, prepared, { key });
      expect(answer).toMatchObject({
        status: 503,
        body: { message: 'Service Unavailable', details: 'No live acquirer is configured' },
      });
      expect(answer.headers).not.toHaveProperty('idempotent-replayed');
    }
    expect((await client.get('/customer/customer-1/cards')).status).toBe(404);
    expect(await client.rows()).toEqual([]);
  });

  test('knows its own keys, not in the sandbox', async () => {
    const { client } = await stack.newMerchant({ environment: 'live' });
    expect((await client.get('/')).status).toBe(200);
    const sandbox = { ...client.credentials, baseUrl: `${stack.url}/v1/sandbox` };
    expect((await new Client(sandbox).get('/')).status).toBe(401);
  });
});
