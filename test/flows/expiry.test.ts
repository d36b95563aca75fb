import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeMerchant } from '#administration/merchants.ts';
import expireOrders from '#functions/schedules/expire-orders.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { fileUnderTestClock } from '#store/access/test-clock.ts';
import { dynamoClient } from '#store/core/client.ts';
import type { Client } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { invoke } from '#test/support/invoke.ts';
import { newOrder } from '#test/support/orders.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

const runSchedule = () => invoke(expireOrders);

/** Moves a merchant's clock, as the command line does. */
async function advance(tenant: Tenant, seconds: number): Promise<void> {
  await changeMerchant(stack.runtime.access, tenant, ({ clockOffsetMs }) => ({
    testClock: true,
    clockOffsetMs: clockOffsetMs + seconds * 1000,
  }));
  const client = dynamoClient(process.env.DYNAMODB_ENDPOINT);
  await fileUnderTestClock(client, 'ledger', tenant);
  client.destroy();
}

async function statusOf(client: Client, uuid: string): Promise<string> {
  return (await client.order(uuid)).status;
}

test('an order expires by its merchant’s clock, and its merchant is told', async () => {
  const { client, tenant } = await stack.newMerchant({ testClock: true });
  const { uuid } = await client.createOrder({ url_post: receiver.at('/expired') });
  await runSchedule();
  await advance(tenant, 599);
  await runSchedule();
  expect(await statusOf(client, uuid)).toBe('CREATED');
  await advance(tenant, 2);
  await runSchedule();
  expect(await client.order(uuid)).toMatchObject({ status: 'EXPIRED', paid: false });
  await eventually(() => expect(receiver.received('/expired')).toHaveLength(1));
  expect(receiver.received('/expired')[0]?.order.status).toBe('EXPIRED');
  await runSchedule();
  expect((await stack.runtime.store.history(tenant, uuid)).notifications).toHaveLength(1);
});

test('an order expires that was created before the clock was moved for the first time', async () => {
  const { client, tenant } = await stack.newMerchant();
  const { uuid } = await client.createOrder();
  await advance(tenant, 601);
  await runSchedule();
  expect(await statusOf(client, uuid)).toBe('EXPIRED');
});

test('expires_in is how long it can be paid', async () => {
  const { client, tenant } = await stack.newMerchant({ testClock: true });
  const short = await client.createOrder({ expires_in: 900 });
  const long = await client.createOrder({ expires_in: 31_536_000 });
  const card = await client.saveCard();
  await advance(tenant, 901);
  await runSchedule();
  expect(await statusOf(client, short.uuid)).toBe('EXPIRED');
  await advance(tenant, 364 * 24 * 3600);
  await runSchedule();
  expect(await statusOf(client, long.uuid)).toBe('CREATED');
  expect((await client.charge(long.uuid, card.uuid)).body.order.status).toBe('SUCCESS');
});

test('an order that expired cannot be charged, before and after the schedule saw it', async () => {
  const { client, tenant } = await stack.newMerchant({ testClock: true });
  const { uuid } = await client.createOrder();
  const card = await client.saveCard();
  await advance(tenant, 600);
  const details = expect.stringMatching(/^Order token not found/);
  const refused = { status: 404, body: { details } };
  expect(await client.charge(uuid, card.uuid)).toMatchObject(refused);
  expect(await client.order(uuid)).toMatchObject({ status: 'CREATED', transactions: [] });
  await runSchedule();
  expect(await statusOf(client, uuid)).toBe('EXPIRED');
  expect(await client.charge(uuid, card.uuid)).toMatchObject(refused);
});

test('what is held or paid does not expire', async () => {
  const { client, tenant } = await stack.newMerchant({ testClock: true });
  const held = await client.paidOrder({ operative: 'DEFERRED' });
  const paid = await client.paidOrder();
  await advance(tenant, 3 * 24 * 3600);
  await runSchedule();
  expect(await statusOf(client, held.uuid)).toBe('PENDING_CONFIRMATION');
  expect(await statusOf(client, paid.uuid)).toBe('SUCCESS');
  const confirmed = await client.post('/payment/confirmation', { order_uuid: held.uuid });
  expect(confirmed.body.order.status).toBe('SUCCESS');
});

test('an order that waits for authentication expires', async () => {
  const { client, tenant } = await stack.newMerchant({ testClock: true, type: 'PAYLANDS' });
  const { uuid } = await client.createOrder({ service: client.credentials.services.paylands });
  const card = await client.saveCard({ card_pan: '5223798193659108' });
  expect((await client.charge(uuid, card.uuid)).status).toBe(303);
  await advance(tenant, 601);
  await runSchedule();
  expect(await statusOf(client, uuid)).toBe('THREEDS_EXPIRED');
});

test('a soft decline whose payer leaves keeps its order for minutes, not until it expires', async () => {
  const { client, tenant } = await stack.newMerchant({ testClock: true, type: 'PAYLANDS' });
  const service = client.credentials.services.paylands;
  const fields = { service, reference: 'left', expires_in: 365 * 24 * 3600 };
  const { uuid } = await client.createOrder({ ...fields, url_post: receiver.at('/left') });
  const card = await client.saveCard({ card_pan: '5223798193659108' });
  expect((await client.charge(uuid, card.uuid)).status).toBe(303);
  await advance(tenant, 14 * 60);
  await runSchedule();
  expect(await statusOf(client, uuid)).toBe('AUTHENTICATION_REQUIRED');
  await advance(tenant, 2 * 60);
  await runSchedule();
  expect(await statusOf(client, uuid)).toBe('THREEDS_EXPIRED');
  await eventually(() => expect(receiver.received('/left')).toHaveLength(1));
  const again = await client.createOrder(fields);
  const other = await client.saveCard();
  // An end is an end (contract D.1): another card pays another order.
  expect((await client.charge(uuid, other.uuid)).status).toBe(404);
  expect((await client.charge(again.uuid, other.uuid)).status).toBe(200);
});

test('a clock that is too far ahead stops neither its merchant nor others', async () => {
  const broken = await stack.newMerchant({ testClock: true });
  const other = await stack.newMerchant({ testClock: true });
  const { uuid } = await other.client.createOrder();
  await advance(broken.tenant, 1e14);
  await advance(other.tenant, 601);
  await runSchedule();
  expect(await statusOf(other.client, uuid)).toBe('EXPIRED');
  expect((await broken.client.createOrder()).status).toBe('CREATED');
});

test('the clock of one merchant is not that of another', async () => {
  const moved = await stack.newMerchant({ testClock: true });
  const other = await stack.newMerchant({ testClock: true });
  const { uuid } = await other.client.createOrder();
  await advance(moved.tenant, 3600);
  await runSchedule();
  expect(await statusOf(other.client, uuid)).toBe('CREATED');
});

test('an order of a merchant with the real clock expires by it', async () => {
  const createdMs = Date.now() - 700_000;
  const expiresAt = new Date(createdMs + 600_000).toISOString();
  const order = newOrder({ uuid: mintUuid(createdMs), expiresAt });
  const due = { kind: 'expire', at: expiresAt } as const;
  await stack.runtime.store.commit(stack.demoTenant, [
    { change: 'order', order, due, testClock: false },
  ]);
  await runSchedule();
  expect(await statusOf(stack.demo, order.uuid)).toBe('EXPIRED');
});
