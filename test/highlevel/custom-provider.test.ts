import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SCOPES } from '#faces/highlevel/scopes.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { dynamoClient } from '#store/core/client.ts';
import { APP, type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
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

const PROVIDER = {
  name: 'Pasarela',
  description: 'Cards through Paylands',
  paymentsUrl: 'https://pay.example.com/frame',
  queryUrl: 'https://pay.example.com/query',
  imageUrl: 'https://pay.example.com/logo.png',
  supportsSubscriptionSchedule: true,
};

const KEYS = {
  live: { apiKey: 'live-secret', publishableKey: 'live-public' },
  test: { apiKey: 'test-secret', publishableKey: 'test-public' },
};

const NOTHING = 'Marketplace payment config not found';

function call(request: string, body?: unknown, key?: string) {
  return face.call(location.appToken, `${request}`, {
    query: { locationId: location.id },
    ...(body === undefined ? {} : { body }),
    ...(key === undefined ? {} : { key }),
  });
}

const register = (changes = {}, key?: string) =>
  call('POST /payments/custom-provider/provider', { ...PROVIDER, ...changes }, key);
const connect = (keys: unknown = KEYS, key?: string) =>
  call('POST /payments/custom-provider/connect', keys, key);
const fetchConfig = () => call('GET /payments/custom-provider/connect');
const disconnect = (liveMode: boolean, key?: string) =>
  call('POST /payments/custom-provider/disconnect', { liveMode }, key);
const remove = (key?: string) => call('DELETE /payments/custom-provider/provider', undefined, key);

test('apps of one location may use the same idempotency keys', async () => {
  const otherToken = await face.newToken(location.id, '65f0b217a05c774da7f1efa6', SCOPES);
  const send = (token: string) =>
    face.call(token, 'POST /payments/custom-provider/provider', {
      query: { locationId: location.id },
      body: PROVIDER,
      key: 'register',
    });
  const [one, other] = [await send(location.appToken), await send(otherToken)];
  expect(other.status).toBe(200);
  expect(other.headers.has('idempotent-replayed')).toBe(false);
  expect(other.body._id).not.toBe(one.body._id);
  expect((await send(otherToken)).body._id).toBe(other.body._id);
});

describe('provider', () => {
  test('is registered with both names of its modes', async () => {
    const { status, body } = await register();
    const { supportsSubscriptionSchedule: _, ...named } = PROVIDER;
    const modes = { live: { liveMode: true }, test: { liveMode: false } };
    expect(status).toBe(200);
    expect(body).toEqual({
      ...named,
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      locationId: location.id,
      marketplaceAppId: APP,
      paymentProvider: modes,
      providerConfig: modes,
      deleted: false,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      traceId: expect.any(String),
    });
  });

  test('registered again is a new one, to be connected again', async () => {
    const { body: first } = await register();
    await connect();
    const { body: second } = await register({ name: 'Renamed' });
    expect(second).toMatchObject({ name: 'Renamed' });
    expect(second._id).not.toBe(first._id);
    const modes = { live: { liveMode: true }, test: { liveMode: false } };
    expect((await fetchConfig()).body).toMatchObject({ _id: second._id, name: 'Renamed' });
    expect((await fetchConfig()).body.paymentProvider).toEqual(modes);
    expect((await connect()).status).toBe(200);
    expect((await fetchConfig()).body.paymentProvider).toMatchObject(KEYS);
  });

  test('is registered, connected and disconnected by forms too', async () => {
    const post = async (path: string, fields: Record<string, string>) => {
      const answer = await fetch(`${face.url}/payments/custom-provider/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${location.appToken}`, version: '2021-07-28' },
        body: new URLSearchParams({ locationId: location.id, ...fields }),
      });
      expect(answer.status, await answer.text()).toBe(200);
    };
    const { supportsSubscriptionSchedule: _, ...named } = PROVIDER;
    await post('provider', { ...named, supportsSubscriptionSchedule: 'false' });
    const { apiKey, publishableKey } = KEYS.live;
    await post('connect', { 'live[apiKey]': apiKey, 'live[publishableKey]': publishableKey });
    const live = { liveMode: true, ...KEYS.live };
    const test = { liveMode: false };
    expect((await fetchConfig()).body.paymentProvider).toEqual({ live, test });
    await post('disconnect', { liveMode: 'true' });
    expect((await fetchConfig()).body.paymentProvider).toEqual({ live: { liveMode: true }, test });
  });

  test('registered many times at once is one of them', async () => {
    const replies = await Promise.all(Array.from({ length: 6 }, () => register()));
    expect(replies.map((one) => one.status)).toEqual(Array(6).fill(200));
    const { body } = await fetchConfig();
    expect(replies.map((one) => one.body._id)).toContain(body._id);
  });

  test('tolerates the location in the body, and needs it somewhere', async () => {
    const post = (body: object) =>
      face.call(location.appToken, 'POST /payments/custom-provider/provider', { body });
    expect((await post({ ...PROVIDER, locationId: location.id })).status).toBe(200);
    expect((await post(PROVIDER)).body.message).toEqual(['locationId should not be empty']);
    const other = await face.newLocation();
    expect((await post({ ...PROVIDER, locationId: other.id })).status).toBe(403);
  });

  test('lists every violation', async () => {
    const { status, body } = await register({
      name: undefined,
      paymentsUrl: 'pay.example.com',
      queryUrl: 'ftp://pay.example.com',
      imageUrl: 'https://user:secret@pay.example.com',
      supportsSubscriptionSchedule: 'yes',
    });
    expect(status).toBe(422);
    expect(body.message).toEqual([
      'name should not be empty',
      'paymentsUrl must be a URL address',
      'queryUrl must be a URL address',
      'imageUrl must be a URL address',
      'supportsSubscriptionSchedule must be a boolean',
    ]);
  });

  test('is removed with its keys, and a new one begins anew', async () => {
    const { body: first } = await register();
    await connect();
    expect(await remove()).toMatchObject({ status: 200, body: { success: true } });
    expect(await remove()).toMatchObject({ status: 400, body: { message: NOTHING } });
    const { body: second } = await register();
    expect(second._id).not.toBe(first._id);
    expect((await fetchConfig()).body.paymentProvider).toEqual({
      live: { liveMode: true },
      test: { liveMode: false },
    });
  });

  test('repeated keys replay', async () => {
    const first = await register({}, 'key-1');
    expect((await register({}, 'key-1')).body).toEqual(first.body);
    expect((await remove('key-2')).body).toEqual({ success: true });
    expect((await remove('key-2')).body).toEqual({ success: true });
  });
});

describe('keys', () => {
  test('come after the provider', async () => {
    const { status, body } = await connect();
    expect(status).toBe(422);
    expect(body.message).toBe(
      'Base config for integration is not created yet. Please create the base config before updating integration keys.',
    );
    expect(await fetchConfig()).toMatchObject({ status: 404, body: { message: NOTHING } });
    await register();
    expect((await connect()).status).toBe(200);
  });

  test('are read back for the modes that have them, and ignore other properties', async () => {
    await register();
    await connect({ test: { ...KEYS.test, liveMode: false }, enabled: true });
    const { body } = await fetchConfig();
    const config = { live: { liveMode: true }, test: { liveMode: false, ...KEYS.test } };
    expect(body).toMatchObject({ paymentProvider: config, providerConfig: config });
    await connect({ live: KEYS.live });
    expect((await fetchConfig()).body.paymentProvider).toMatchObject(KEYS);
  });

  test('may come with the location in the body only', async () => {
    await register();
    const post = (path: string, body: object) =>
      face.call(location.appToken, `POST /payments/custom-provider/${path}`, { body });
    const named = { locationId: location.id };
    expect((await post('connect', { ...named, live: KEYS.live })).status).toBe(200);
    expect((await post('disconnect', { ...named, liveMode: true })).status).toBe(200);
    expect((await post('connect', { live: KEYS.live })).body.message).toEqual([
      'locationId should not be empty',
    ]);
  });

  test('need one mode at least, each with both keys', async () => {
    await register();
    expect((await connect({})).body.message).toEqual([
      'live should not be empty',
      'test should not be empty',
    ]);
    expect((await connect({ live: { apiKey: '' } })).body.message).toEqual([
      'live.apiKey should not be empty',
      'live.publishableKey should not be empty',
    ]);
  });

  test('of two modes connected at once are both kept', async () => {
    await register();
    const replies = await Promise.all([connect({ live: KEYS.live }), connect({ test: KEYS.test })]);
    expect(replies.map((one) => one.status)).toEqual([200, 200]);
    expect((await fetchConfig()).body.paymentProvider).toMatchObject(KEYS);
  });

  test('are stored nowhere as they are, not even in answers for repetitions', async () => {
    await register();
    const first = await connect(KEYS, 'key-3');
    expect((await connect(KEYS, 'key-3')).body).toEqual(first.body);
    await disconnect(true, 'key-4');
    const { settings } = runtime();
    const client = dynamoClient(settings.DYNAMODB_ENDPOINT);
    const { Items } = await client.send(new ScanCommand({ TableName: settings.LEDGER_TABLE }));
    client.destroy();
    const stored = JSON.stringify(Items);
    expect(stored).toContain(location.id);
    for (const { apiKey, publishableKey } of Object.values(KEYS)) {
      expect(stored).not.toContain(apiKey);
      expect(stored).not.toContain(publishableKey);
    }
  });

  test('are removed by mode', async () => {
    await register();
    expect(await disconnect(true)).toMatchObject({ status: 400, body: { message: NOTHING } });
    await connect();
    expect(await disconnect(true)).toMatchObject({ status: 200, body: { success: true } });
    expect((await disconnect(true)).status).toBe(400);
    expect((await fetchConfig()).body.paymentProvider).toEqual({
      live: { liveMode: true },
      test: { liveMode: false, ...KEYS.test },
    });
    const answer = await call('POST /payments/custom-provider/disconnect', { liveMode: 'yes' });
    expect(answer.body.message).toEqual(['liveMode must be a boolean']);
  });

  test('are removed once of many, and for every repetition of one key', async () => {
    await register();
    await connect();
    const replies = await Promise.all([1, 2, 3].map(() => disconnect(true)));
    expect(replies.map((one) => one.status).sort()).toEqual([200, 400, 400]);
    const repeated = await Promise.all([1, 2, 3].map(() => disconnect(false, 'key-5')));
    expect(repeated.map((one) => one.status)).toEqual([200, 200, 200]);
  });
});

describe('access', () => {
  test('another location is forbidden, and its own provider is another', async () => {
    await register();
    const other = await face.newLocation();
    const query = { locationId: location.id };
    for (const request of [
      'POST /payments/custom-provider/provider',
      'POST /payments/custom-provider/connect',
      'POST /payments/custom-provider/disconnect',
      'DELETE /payments/custom-provider/provider',
      'GET /payments/custom-provider/connect',
    ]) {
      expect((await face.call(other.appToken, request, { query })).status).toBe(403);
    }
    location = other;
    expect((await fetchConfig()).status).toBe(404);
  });

  test('another app has another provider', async () => {
    await register();
    const token = await face.newToken(location.id, '65f0b217a05c774da7f1efa6', [
      'payments/custom-provider.readonly',
    ]);
    location = { ...location, appToken: token };
    expect((await fetchConfig()).status).toBe(404);
  });

  test('a private integration token knows no app', async () => {
    const { status, body } = await face.call(
      location.pit,
      'GET /payments/custom-provider/connect',
      { query: { locationId: location.id } },
    );
    expect(status).toBe(401);
    expect(body.message).toContain('This authClass type is not allowed');
  });
});

describe('capabilities', () => {
  const put = (token: string, body: Record<string, unknown>, key?: string) =>
    face.call(token, 'PUT /payments/custom-provider/capabilities', {
      body: { supportsSubscriptionSchedules: true, ...body },
      ...(key === undefined ? {} : { key }),
    });

  const said = async (account: string, app = APP, tenant = location.tenant) => {
    const key = { capabilities: { account, app } };
    return (await runtime().store.read(tenant, key)).capabilities?.supportsSchedules;
  };

  test('of a location, of a company, or of both', async () => {
    const { id: locationId, company: companyId, appToken, companyToken } = location;
    expect((await put(appToken, { locationId })).body).toEqual({ success: true });
    expect([await said(locationId), await said(companyId)]).toEqual([true, undefined]);
    expect((await put(companyToken, { companyId })).status).toBe(200);
    expect(await said(companyId)).toBe(true);
    await put(appToken, { locationId, companyId, supportsSubscriptionSchedules: false });
    expect([await said(locationId), await said(companyId)]).toEqual([false, false]);
  });

  test('are those of an app, and of an environment', async () => {
    const other = '65f0b217a05c774da7f1efa6';
    const { id: locationId, appToken, tenant } = location;
    const scopes = ['payments/custom-provider.write'];
    const otherToken = await face.newToken(locationId, other, scopes);
    await put(appToken, { locationId });
    await put(otherToken, { locationId, supportsSubscriptionSchedules: false });
    expect([await said(locationId), await said(locationId, other)]).toEqual([true, false]);
    const live = { ...tenant, environment: 'live' as const };
    expect(tenant.environment).toBe('sandbox');
    expect(await said(locationId, APP, live)).toBeUndefined();
  });

  test('need an account and a flag', async () => {
    const { status, body } = await put(location.appToken, { supportsSubscriptionSchedules: 1 });
    expect(status).toBe(422);
    expect(body.message).toEqual([
      'supportsSubscriptionSchedules must be a boolean',
      'companyId should not be empty',
      'locationId should not be empty',
    ]);
  });

  test('are not said for others, and repeat with a key', async () => {
    const other = await face.newLocation();
    const { appToken } = location;
    expect((await put(appToken, { locationId: other.id })).status).toBe(403);
    expect((await put(appToken, { companyId: other.company })).status).toBe(403);
    const first = await put(appToken, { locationId: location.id }, 'key-6');
    const second = await put(appToken, { locationId: location.id }, 'key-6');
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });
});

test('works through the official SDK', async () => {
  const { payments } = face.sdk(location.appToken);
  const at = { locationId: location.id };
  const created = await payments.createIntegration(at, PROVIDER);
  expect(created).toMatchObject({ name: 'Pasarela', marketplaceAppId: APP });
  const connected = await payments.createConfig(at, KEYS);
  const config = await payments.fetchConfig(at);
  expect(config.paymentProvider).toMatchObject(KEYS);
  const disconnected = await payments.disconnectConfig(at, { liveMode: true });
  const updated = await payments.customProviderMarketplaceAppUpdateCapabilities({
    ...at,
    supportsSubscriptionSchedules: true,
  });
  const deleted = await payments.deleteIntegration(at);
  for (const [operation, answer] of Object.entries({
    'create-integration': created,
    'create-config': connected,
    'fetch-config': config,
    'disconnect-config': disconnected,
    'custom-provider-marketplace-app-update-capabilities': updated,
    'delete-integration': deleted,
  })) {
    expect(violationsOf(operation, answer)).toEqual([]);
  }
  for (const answer of [disconnected, updated, deleted]) expect(answer).toEqual({ success: true });
  await expect(payments.fetchConfig(at)).rejects.toMatchObject({ statusCode: 404 });
});
