import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDevice } from '#administration/devices.ts';
import dispatchNotifications from '#functions/schedules/dispatch-notifications.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { type Client, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { inTheFuture } from '#test/support/in-the-future.ts';
import { invoke } from '#test/support/invoke.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

// No schedule runs of itself: what arrives was queued by the function that a test is about, by its
// own grant. A second attempt is too far away for a queue.
const SETTINGS = { NOTIFICATION_RETRY_SECONDS: '901' };

let stack: Stack;
let shop: Receiver;
let client: Client;
let tenant: Tenant;

beforeAll(async () => {
  [stack, shop] = await Promise.all([startStack({ settings: SETTINGS }), startReceiver()]);
});
afterAll(() => Promise.all([stack.stop(), shop.close()]));
beforeEach(async () => {
  ({ client, tenant } = await stack.newMerchant());
});

const arrives = (path: string, status: string) =>
  eventually(() => {
    expect(shop.received(path).map(({ order }) => order.status)).toEqual([status]);
  });

async function newDevice(): Promise<string> {
  const { access, store: ledger } = stack.runtime;
  const [service = ''] = Object.values(client.credentials.services);
  const draft = { service, terminalId: null, communication: 'SIMULATION' as const };
  return (await addDevice({ access, ledger }, tenant, draft)).id;
}

/** Nothing of this customer is sent to an acquirer. */
async function blacklist(customer: string): Promise<void> {
  const list = { type: 'BLACKLIST', enabled: true, description: 'Never' };
  const { colorlists } = expected(await client.post('/colorlists', list)) as unknown as {
    colorlists: { uuid: string };
  };
  const items = [{ type: 'CUSTOMER', value: customer }];
  expected(await client.post(`/colorlists/${colorlists.uuid}/items`, { items }));
}

test.each(['payment', 'preauth'])('a stopped %s at a terminal is told of', async (what) => {
  await blacklist('mallory');
  const path = `/stopped-${what}`;
  const sent = { device: await newDevice(), amount: 1000, description: 'At the till' };
  const fields = { ...sent, customer_ext_id: 'mallory', url_post: shop.at(path) };
  expected(await client.post(`/posms/${what}`, fields));
  await arrives(path, 'BLACKLISTED');
});

test('a payment that a terminal has decided is told of by the job', async () => {
  const sent = { device: await newDevice(), amount: 1000, description: 'At the till' };
  expected(await client.post('/posms/payment', { ...sent, url_post: shop.at('/decided') }));
  await arrives('/decided', 'SUCCESS');
});

test('payments by telephone and wallet and a payout are told of', async () => {
  const source_uuid = (await client.saveCard()).uuid;
  const ways: Record<string, [path: string, fields: object, order?: object]> = {
    moto: ['/payment/moto', { method: 'PHONE', source_uuid }],
    wallet: ['/payment/wallet', { wallet: 'GOOGLEPAY', payload: '{"sandbox":"OK"}' }],
    payout: ['/payment/payout', { source_uuid }, { operative: 'PAYOUT' }],
  };
  for (const [name, [path, fields, order = {}]] of Object.entries(ways)) {
    const { uuid } = await client.createOrder({ url_post: shop.at(`/${name}`), ...order });
    expected(await client.post(path, { order_uuid: uuid, ...fields }));
    await arrives(`/${name}`, 'SUCCESS');
  }
});

test('a stopped push payment is told of', async () => {
  await blacklist('mallory');
  const order = await client.createOrder({
    customer_ext_id: 'mallory',
    url_post: shop.at('/push'),
    extra_data: { profile: { phone: { prefix: '34', number: '600000000' } } },
  });
  expected(await client.post('/payment/push', { order_uuid: order.uuid }));
  await arrives('/push', 'BLACKLISTED');
});

test('cards that are validated when several are saved are told of', async () => {
  const card = {
    customer_ext_id: 'jane',
    card_holder: 'Jane Doe',
    card_pan: '4548812049400004',
    card_expiry_month: '12',
    card_expiry_year: '34',
    card_cvv: '123',
    validate: true,
    service: Object.values(client.credentials.services)[0],
    url_post: shop.at('/cards'),
  };
  expected(await client.post('/payment-method/card/batch', { cards: [card] }));
  await eventually(() => expect(shop.received('/cards')).toHaveLength(1));
});

test('a payment that was chosen on the checkout page is told of', async () => {
  const order = await client.createOrder({ reference: 'chosen', url_post: shop.at('/chosen') });
  const answer = await fetch(`${client.credentials.baseUrl}/payment/checkout/${order.token}`, {
    method: 'POST',
    body: new URLSearchParams({ action: 'GOOGLEPAY', attempt: 'a'.repeat(32) }),
    redirect: 'manual',
  });
  expect(answer.status).toBe(303);
  await arrives('/chosen', 'SUCCESS');
});

test('a second attempt is queued by the schedule', async () => {
  shop.answer('/late', 500);
  const order = await client.paidOrder({ url_post: shop.at('/late') });
  await eventually(async () => {
    const { notifications } = await stack.runtime.store.history(tenant, order.uuid);
    expect(notifications.map(({ attempts }) => attempts.length)).toEqual([1]);
  });
  await inTheFuture(1_000_000, () => invoke(dispatchNotifications));
  await eventually(() => expect(shop.received('/late')).toHaveLength(2));
});
