import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findCaller, type TokenCaller } from '#faces/highlevel/access.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Environment } from '#ledger/core/merchant.ts';
import { AccessCache } from '#operation/runtime/access-cache.ts';
import { Remembered } from '#operation/runtime/remembered.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const SECONDS = 10;
const MERCHANT = mintUuid(Date.parse('2026-01-01T00:00:00Z'));

/** A store that knows one key of the sandbox, with what tests change about it. */
function keys(changes: { revokedAt?: string } = {}) {
  const key = {
    merchant: MERCHANT,
    environment: 'sandbox' as Environment,
    profiles: ['payment'],
    pci: false,
    revokedAt: null,
    ...changes,
  };
  const store = {
    key,
    findKey: async (apiKey: string) => (apiKey === 'known' ? store.key : null),
    findMerchant: async (tenant: object) => ({ ...tenant, name: 'Shop' }),
  };
  return { store, cache: new AccessCache(store as never, SECONDS) };
}

test('a key is one of its own environment, also where it was just found', async () => {
  const { cache } = keys();
  const found = { profiles: ['payment'], pci: false };
  expect(await cache.find('known', 'sandbox')).toMatchObject(found);
  expect(await cache.find('known', 'live')).toBeNull();
  expect(await cache.find('known', 'sandbox')).toMatchObject(found);
  expect(await cache.find('other', 'sandbox')).toBeNull();
});

test('a key that is revoked ends when the seconds of the cache are over', async () => {
  const { store, cache } = keys();
  await cache.find('known', 'sandbox');
  store.key = { ...store.key, revokedAt: '2026-01-01T00:00:00Z' as never };
  vi.advanceTimersByTime(SECONDS * 1000 - 1);
  expect(await cache.find('known', 'sandbox')).not.toBeNull();
  vi.advanceTimersByTime(1);
  expect(await cache.find('known', 'sandbox')).toBeNull();
  expect(await keys({ revokedAt: 'now' }).cache.find('known', 'sandbox')).toBeNull();
});

test('what was not found is looked for again, and the oldest is forgotten first', async () => {
  const remembered = new Remembered<string>(SECONDS);
  expect(await remembered.find('late', async () => null)).toBeNull();
  expect(await remembered.find('late', async () => 'here')).toBe('here');
  for (let at = 0; at < 1000; at += 1) await remembered.find(String(at), async () => 'kept');
  expect(await remembered.find('999', async () => 'new')).toBe('kept');
  expect(await remembered.find('late', async () => 'new')).toBe('new');
});

/** The caller of a token of a location or of its company. */
function callerOf(token: object): Promise<TokenCaller | null> {
  const known = { kind: 'app', location: null, company: null, app: null, scopes: [], ...token };
  const runtime = {
    locations: {
      findToken: async () => ({ revokedAt: null, ...known }),
      findAccount: async (id: string) => ({ id, company: 'company', merchant: MERCHANT }),
    },
    access: { findMerchant: async () => ({ merchant: MERCHANT, environment: 'live' }) },
  };
  return findCaller('token', runtime as unknown as Runtime, new Remembered(SECONDS));
}

test('a token that is revoked is nobody’s', async () => {
  expect(await callerOf({ location: 'one', revokedAt: '2026-01-01T00:00:00Z' })).toBeNull();
});

test('the idempotency keys of locations, of companies and of apps are apart', async () => {
  const scopes = await Promise.all(
    [
      { location: 'one', app: 'app' },
      { location: 'other', app: 'app' },
      { location: 'one', app: 'another' },
      { location: 'one' },
      { company: 'company', app: 'app' },
    ].map(async (token) => (await callerOf(token))?.keyScope),
  );
  expect(new Set(scopes).size).toBe(scopes.length);
});
