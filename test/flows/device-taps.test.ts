import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deviceWork, tapDevice } from '#administration/device-taps.ts';
import { addDevice } from '#administration/devices.ts';
import { changeMerchant } from '#administration/merchants.ts';
import recoverPayments from '#functions/schedules/recover-payments.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Tap } from '#ledger/payments/payment-conditions.ts';
import { type Client, expected } from '#test/support/client.ts';
import { invoke } from '#test/support/invoke.ts';
import { startStack } from '#test/support/stack.ts';

let stack: Awaited<ReturnType<typeof startStack>>;
let client: Client;
let tenant: Tenant;
let device: string;

beforeAll(async () => {
  // Nobody but the person at the terminal decides.
  const settings = { SANDBOX_DEVICE_SECONDS: '900', RECOVER_AFTER_SECONDS: '0' };
  stack = await startStack({ settings });
});
afterAll(() => stack.stop());

beforeEach(async () => {
  ({ client, tenant } = await stack.newMerchant());
  device = await newDevice('SIMULATION');
});

async function newDevice(communication: 'SIMULATION' | 'SOCKET'): Promise<string> {
  const { access, store: ledger } = stack.runtime;
  const [service = ''] = Object.values(client.credentials.services);
  const draft = { service, terminalId: null, communication };
  return (await addDevice({ access, ledger }, tenant, draft)).id;
}

/** Sends something to the terminal; the result is its order. */
async function send(what: string, fields: object): Promise<string> {
  const body = { device, description: 'At the till', ...fields };
  return expected(await client.post(`/posms/${what}`, body)).order.uuid;
}

const working = async () => (await deviceWork(stack.runtime, tenant, device))?.transaction;

async function tap(key: Tap, transaction?: string): Promise<boolean> {
  const uuid = transaction ?? (await working())?.uuid ?? 'none';
  return tapDevice(stack.runtime, tenant, { device, transaction: uuid, tap: key });
}

test.each([
  { key: 'accept', amount: 200, status: 'SUCCESS', captured: 200 },
  { key: 'refuse', amount: 1000, status: 'REFUSED', captured: 0 },
  { key: 'remove', amount: 1000, status: 'CANCELLED', captured: 0 },
] as const)('$key decides a payment of $amount at once, and frees the terminal', async (given) => {
  const { key, amount, status, captured } = given;
  const order = await send('payment', { amount });
  expect(await working()).toMatchObject({ amount, status: 'pending' });
  expect(await tap(key)).toBe(true);
  expect(await client.order(order)).toMatchObject({ status, captured });
  expect(await working()).toBeUndefined();
  await send('payment', { amount: 300 });
});

test.each([
  { key: 'accept', status: 'PARTIALLY_REFUNDED', refunded: 400 },
  { key: 'refuse', status: 'SUCCESS', refunded: 0 },
  { key: 'remove', status: 'SUCCESS', refunded: 0 },
] as const)('$key decides a refund', async ({ key, status, refunded }) => {
  const order = await send('payment', { amount: 1000 });
  await tap('accept');
  await send('refund', { order_uuid: order, amount: 400 });
  expect(await tap(key)).toBe(true);
  expect(await client.order(order)).toMatchObject({ status, refunded });
});

test('the end of a hold needs no card, so that nobody can refuse it', async () => {
  const order = await send('preauth', { amount: 1000 });
  await tap('accept');
  await send('preauth/confirm', { order_uuid: order });
  expect(await tap('refuse')).toBe(true);
  expect(await client.order(order)).toMatchObject({ status: 'SUCCESS', captured: 1000 });
});

test('of many taps at the same time one counts, and whoever asks later is told the same', async () => {
  const order = await send('payment', { amount: 1000 });
  const transaction = (await working())?.uuid ?? '';
  const keys: Tap[] = ['accept', 'refuse', 'remove', 'accept', 'refuse', 'remove'];
  const counted = await Promise.all(keys.map((key) => tap(key, transaction)));
  const winners = new Set(keys.filter((_, index) => counted[index]));
  expect(winners.size).toBe(1);
  const { status } = await client.order(order);
  expect(status).toBe(
    { accept: 'SUCCESS', refuse: 'REFUSED', remove: 'CANCELLED' }[[...winners][0] ?? 'accept'],
  );
  await changeMerchant(stack.runtime.access, tenant, () => ({ clockOffsetMs: 3_600_000 }));
  await invoke(recoverPayments);
  expect(await client.order(order)).toMatchObject({ status, transactions: [{}] });
});

test('a tap comes too late once the terminal has decided by itself', async () => {
  const order = await send('payment', { amount: 1000 });
  const transaction = (await working())?.uuid ?? '';
  await changeMerchant(stack.runtime.access, tenant, () => ({ clockOffsetMs: 3_600_000 }));
  await invoke(recoverPayments);
  expect(await tap('refuse', transaction)).toBe(false);
  expect((await client.order(order)).status).toBe('SUCCESS');
});

test('a tap on what the terminal does not work on changes nothing', async () => {
  const order = await send('payment', { amount: 1000 });
  expect(await tap('accept', 'F'.repeat(8))).toBe(false);
  expect((await client.order(order)).status).toBe('CREATED');
  const other = { device: await newDevice('SOCKET'), transaction: order, tap: 'accept' as const };
  await expect(tapDevice(stack.runtime, tenant, other)).rejects.toThrow('device_not_usable');
  const unknown = { ...other, device: 'f'.repeat(24) };
  await expect(tapDevice(stack.runtime, tenant, unknown)).rejects.toThrow('device_not_found');
});
