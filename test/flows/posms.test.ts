import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDevice, removeDevice, switchDevice } from '#administration/devices.ts';
import { changeMerchant } from '#administration/merchants.ts';
import { setRule } from '#administration/security-rules.ts';
import dispatchNotifications from '#functions/schedules/dispatch-notifications.ts';
import expireOrders from '#functions/schedules/expire-orders.ts';
import recoverPayments from '#functions/schedules/recover-payments.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { type Client, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { invoke } from '#test/support/invoke.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

// Messages come too late for any of these tests: they are as good as lost.
const SETTINGS = {
  SANDBOX_DEVICE_SECONDS: '900',
  RECOVER_AFTER_SECONDS: '0',
  ALLOW_PRIVATE_ADDRESSES: 'true',
};

let stack: Stack;
let shop: Receiver;
let client: Client;
let tenant: Tenant;
let device: string;

beforeAll(async () => {
  [stack, shop] = await Promise.all([startStack({ settings: SETTINGS }), startReceiver()]);
});
afterAll(() => Promise.all([stack.stop(), shop.close()]));

beforeEach(async () => {
  ({ client, tenant } = await stack.newMerchant());
  device = await newDevice();
});

async function newDevice(): Promise<string> {
  const { access, store: ledger } = stack.runtime;
  const [service = ''] = Object.values(client.credentials.services);
  const draft = { service, terminalId: null, communication: 'SIMULATION' as const };
  return (await addDevice({ access, ledger }, tenant, draft)).id;
}

const pay = (fields: object = {}, key?: string) =>
  client.post(
    '/posms/payment',
    { device, amount: 1000, description: 'At the till', ...fields },
    key === undefined ? {} : { key },
  );

const send = (what: string, order: string, fields: object = {}) =>
  client.post(`/posms/${what}`, { device, order_uuid: order, ...fields });

/** An hour later everything is decided, though no message said so. */
async function anHourLater(): Promise<void> {
  await changeMerchant(stack.runtime.access, tenant, ({ clockOffsetMs }) => ({
    clockOffsetMs: clockOffsetMs + 3_600_000,
  }));
  await invoke(expireOrders);
  await invoke(recoverPayments);
}

const busy = () => ({ status: 400, details: `Device ${device} have a pending transaction yet!` });
const said = ({ status, body }: { status: number; body: { details: string } }) => {
  return { status, details: body.details };
};

test('a till pays, polls, is notified and sends a part back', async () => {
  const { order } = expected(await pay({ url_post: shop.at('/till') }));
  expect(await client.order(order.uuid)).toMatchObject({ status: 'CREATED', paid: false });
  await anHourLater();
  const paid = await client.order(order.uuid);
  expect(paid).toMatchObject({
    status: 'SUCCESS',
    paid: true,
    captured: 1000,
    transactions: [
      {
        status: 'SUCCESS',
        source: null,
        processor_id: null,
        pos: {
          pos_device_id: device,
          brand: 'MASTERCARD',
          masked_pan: '554001******0000',
          verification_method: 'NO',
          entry_mode: 'CLESS',
        },
      },
    ],
  });
  await invoke(dispatchNotifications);
  await eventually(() => {
    expect(shop.received('/till').at(-1)?.order).toMatchObject({ status: 'SUCCESS', token: null });
  });
  expected(await send('refund', order.uuid, { amount: 400 }));
  expect(said(await send('refund', order.uuid, { amount: 400 }))).toEqual(busy());
  await anHourLater();
  expect(await client.order(order.uuid)).toMatchObject({
    status: 'PARTIALLY_REFUNDED',
    refunded: 400,
  });
});

test.each([
  { amount: 100, status: 'CANCELLED', pos: { brand: null, verification_method: '' } },
  { amount: 200, status: 'REFUSED', pos: { brand: 'MASTERCARD' } },
])('a payment of $amount is $status, and the device is free again', async (given) => {
  const { amount, status, pos } = given;
  const { order } = expected(await pay({ amount, reference: 'R1' }));
  await anHourLater();
  expect(await client.order(order.uuid)).toMatchObject({
    status,
    paid: false,
    transactions: [{ status, authorization: '', pos }],
  });
  // Its reference too.
  expect((await pay({ reference: 'R1' })).status).toBe(200);
});

test('payments that were cancelled at the terminal count for no limit', async () => {
  const { access, store: ledger } = stack.runtime;
  const limit = {
    kind: 'velocity',
    subject: 'customer',
    payments: 1,
    days: 2,
    score: 500,
  } as const;
  await setRule({ access, ledger }, tenant, limit);
  const customer = { customer_ext_id: 'at-the-till' };
  for (const amount of [100, 100]) {
    expected(await pay({ amount, ...customer }));
    await anHourLater();
  }
  const { order } = expected(await pay(customer));
  await anHourLater();
  expect(await client.order(order.uuid)).toMatchObject({ status: 'SUCCESS' });
});

test.each([
  { amount: 100, status: 'CANCELLED' },
  { amount: 200, status: 'REFUSED' },
])('a refund of $amount is $status and leaves the order paid', async ({ amount, status }) => {
  const { order } = expected(await pay());
  await anHourLater();
  expected(await send('refund', order.uuid, { amount }));
  await anHourLater();
  const after = await client.order(order.uuid);
  expect(after).toMatchObject({ status: 'SUCCESS', refunded: 0 });
  expect(after.transactions.map((one) => one.status)).toEqual(['SUCCESS', status]);
});

test.each([
  { what: 'preauth/cancel', status: 'CANCELLED', captured: 0 },
  { what: 'preauth/confirm', status: 'SUCCESS', captured: 1000 },
])('a hold ends by $what', async ({ what, status, captured }) => {
  const body = { device, amount: 1000, description: 'Room 12' };
  const { order } = expected(await client.post('/posms/preauth', body));
  await anHourLater();
  expect(await client.order(order.uuid)).toMatchObject({ status: 'PENDING_CONFIRMATION' });
  expected(await send(what, order.uuid));
  expect(said(await send(what, order.uuid))).toEqual(busy());
  // Another terminal is free, the order is not.
  const other = { device: await newDevice() };
  expect((await send('preauth/cancel', order.uuid, other)).status).toBe(409);
  expect((await send('preauth/confirm', order.uuid, other)).status).toBe(409);
  await anHourLater();
  expect(await client.order(order.uuid)).toMatchObject({ status, captured });
});

test('of many tills at one device one is served, the others are told', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => pay()));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const others = answers.filter(({ status }) => status !== 200).map(said);
  expect(others).toEqual(Array.from({ length: 7 }, busy));
  expect((await pay({ device: await newDevice() })).status).toBe(200);
  await anHourLater();
  expect((await pay()).status).toBe(200);
});

test('who asks again with the same key finds its own payment', async () => {
  const answers = await Promise.all([pay({}, 'till-1'), pay({}, 'till-1')]);
  const again = await pay({}, 'till-1');
  const orders = [...answers, again].flatMap(({ status, body }) => {
    return status === 200 ? [body.order.uuid] : [];
  });
  expect(new Set(orders).size).toBe(1);
  expect(again.status).toBe(200);
  await anHourLater();
  expect(await client.order(again.body.order.uuid)).toMatchObject({
    status: 'SUCCESS',
    transactions: [{ status: 'SUCCESS' }],
  });
});

test('who was told that a device is busy is served later with the same key', async () => {
  expected(await pay());
  expect(said(await pay({}, 'till-2'))).toEqual(busy());
  const body = { device, amount: 1000, description: 'Room 12' };
  expect(said(await client.post('/posms/preauth', body))).toEqual(busy());
  await anHourLater();
  expect((await pay({}, 'till-2')).status).toBe(200);
});

test('neither expiry nor another way to pay comes between a command and its answer', async () => {
  const { order } = expected(await pay({ customer_ext_id: 'customer' }));
  const card = await client.saveCard();
  expect((await client.charge(order.uuid, card.uuid)).status).toBe(409);
  await anHourLater();
  expect(await client.order(order.uuid)).toMatchObject({ status: 'SUCCESS', captured: 1000 });
  await invoke(recoverPayments);
  expect((await client.order(order.uuid)).transactions).toHaveLength(1);
});

test("another merchant's device is unknown", async () => {
  const foreign = device;
  ({ client, tenant } = await stack.newMerchant());
  expect(said(await pay({ device: foreign }))).toEqual({
    status: 404,
    details: `Device not found: ${foreign}`,
  });
  expect((await client.get(`/posms/device/${foreign}`)).status).toBe(404);
  expect((await client.get('/posms/devices')).body).toMatchObject({ devices: [] });
});

test('a live merchant has no simulated terminal', async () => {
  const { access, store: ledger } = stack.runtime;
  const live: Tenant = { ...tenant, environment: 'live' };
  const draft = { service: '', terminalId: null, communication: 'SIMULATION' as const };
  expect(() => addDevice({ access, ledger }, live, draft)).toThrow('simulated terminal');
});

test('a terminal that was deactivated finishes what is under way, and takes nothing new', async () => {
  const target = { access: stack.runtime.access, ledger: stack.runtime.store };
  const { order } = expected(await pay());
  await switchDevice(target, tenant, device, false);
  const refused = { status: 400, details: `Device ${device} cannot be used: it is not active` };
  expect(said(await pay())).toEqual(refused);
  expect((await client.get(`/posms/device/${device}`)).body).toMatchObject({
    device: { active: false },
  });
  await anHourLater();
  expect(await client.order(order.uuid)).toMatchObject({ status: 'SUCCESS' });
  expect(said(await send('refund', order.uuid))).toEqual(refused);
  await switchDevice(target, tenant, device, true);
  expected(await send('refund', order.uuid));
});

test('a terminal is deleted when nothing is under way at it', async () => {
  const target = { access: stack.runtime.access, ledger: stack.runtime.store };
  const { order } = expected(await pay());
  await expect(removeDevice(target, tenant, device)).rejects.toThrow('is under way');
  await anHourLater();
  await removeDevice(target, tenant, device);
  // A payment that had read it just before.
  const task = { order: order.uuid, transaction: order.uuid };
  const late = { change: 'device_taken', device, ...task } as const;
  await expect(target.ledger.commit(tenant, [late])).rejects.toThrow('device_busy');
  expect(said(await pay())).toEqual({ status: 404, details: `Device not found: ${device}` });
  expect(await client.order(order.uuid)).toMatchObject({ status: 'SUCCESS' });
  await expect(removeDevice(target, tenant, device)).rejects.toThrow('There is no device');
  await expect(switchDevice(target, tenant, device, true)).rejects.toThrow('There is no device');
});
