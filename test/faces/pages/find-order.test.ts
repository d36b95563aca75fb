import { expect, test } from 'vitest';
import { findOrder } from '#faces/pages/find-order.ts';
import { mintOrderToken, mintUuid } from '#ledger/core/ids.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { newOrder } from '#test/support/orders.ts';

const MERCHANT = mintUuid(Date.now());
const uuid = mintUuid(Date.now());
const order = newOrder({ uuid, token: mintOrderToken(uuid, MERCHANT) });

/** Of the sandbox; whoever asks there is told of the order. */
const runtime = {
  access: { findMerchant: async (tenant: object) => tenant },
  store: {
    read: async ({ environment }: { environment: string }, key: { order: string }) => ({
      order: environment === 'sandbox' && key.order === uuid ? order : null,
    }),
  },
} as unknown as Runtime;

const find = (token: string, environment: 'sandbox' | 'live' = 'sandbox') =>
  findOrder(runtime, environment, token);

test('a token opens its order, in its environment', async () => {
  expect(await find(order.token)).toMatchObject({ order, merchant: { merchant: MERCHANT } });
  expect(await find(order.token, 'live')).toBeNull();
});

test('who knows only which order and which merchant opens nothing', async () => {
  expect(await find(mintOrderToken(uuid, MERCHANT))).toBeNull();
  const last = order.token.at(-1) === '0' ? '1' : '0';
  for (const token of [order.token.slice(0, -1) + last, order.token.slice(0, 56), '', 'x']) {
    expect(await find(token)).toBeNull();
  }
});
