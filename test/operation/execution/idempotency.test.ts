import { describe, expect, test } from 'vitest';
import { Vault } from '#crypto/vault.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import { idempotencyKeyOf } from '#operation/execution/idempotency.ts';
import type { Exchange } from '#operation/http/exchange.ts';
import type { Settings } from '#operation/runtime/settings.ts';
import { newExchange } from '#test/support/ledger.ts';

const vault = new Vault(new Uint8Array(32));
const merchant = { environment: 'sandbox' } as Merchant;
const settings = { RECOVER_AFTER_SECONDS: 90 } as Settings;

const REQUEST = {
  path: { order_uuid: 'A' },
  query: { altId: 'location' },
  body: { signature: 'secret', amount: 100, extra: { a: 1, b: 2 } },
};

function keyOf(changes: Partial<typeof REQUEST> = {}, more: Partial<Exchange> = {}) {
  const { path, query, body } = { ...REQUEST, ...changes };
  const exchange = newExchange(merchant, 'refund', 'key-1');
  const key = idempotencyKeyOf(
    { ...exchange, body, input: { path, query, body }, ...more },
    vault,
    settings,
    0,
  );
  if (key === null) throw new Error('A key was sent');
  return key;
}

describe('the payload of a key', () => {
  test.each([
    ['path', { path: { order_uuid: 'B' } }],
    ['query', { query: { altId: 'another' } }],
    ['body', { body: { ...REQUEST.body, amount: 101 } }],
  ])('is another one with another %s', (_, changes) => {
    expect(keyOf(changes).fingerprint).not.toBe(keyOf().fingerprint);
  });

  test.each([
    ['signature', { body: { ...REQUEST.body, signature: 'rotated' } }],
    ['order of fields', { body: { extra: { b: 2, a: 1 }, amount: 100, signature: 'secret' } }],
  ])('is the same with another %s', (_, changes) => {
    expect(keyOf(changes).fingerprint).toBe(keyOf().fingerprint);
  });
});

describe('a key', () => {
  test('is one of its operation', () => {
    const other = { operation: { name: 'capture' } as Exchange['operation'] };
    expect(keyOf({}, other).id).not.toBe(keyOf().id);
  });

  test('is one of the app that sends it, where several act for a merchant', () => {
    const byApp = (keyScope: string) => keyOf({}, { caller: { merchant, keyScope } }).id;
    expect(new Set([keyOf().id, byApp('location#app-1'), byApp('location#app-2')]).size).toBe(3);
    expect(byApp('location#app-1')).toBe(byApp('location#app-1'));
  });
});
