import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeMerchant } from '#administration/merchants.ts';
import { setRule } from '#administration/security-rules.ts';
import { type Client, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkHash } from './check-answer.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  const settings = { NOTIFICATION_RETRY_SECONDS: '1,2', RECOVER_AFTER_SECONDS: '3' };
  stack = await startStack({ settings, scheduleSeconds: 0.3 });
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

interface SubscriptionBody {
  id: string;
  status: string;
  active: boolean;
  total_payment_charged: number;
  additional_data: string;
  payments: { id: string; status: string; payment_details: string | null }[];
}

/** Subscribes a customer of a merchant to a plan that tells a path of the receiver. */
async function subscribe(
  name: string,
  fields: object = {},
  dataFields: object = {},
  merchant = stack.newMerchant({ testClock: true }),
) {
  const { client, tenant } = await merchant;
  const card = await client.saveCard();
  const post = async (path: string, body: object) => {
    const answer = await client.post(`/subscriptions/${path}`, body);
    expect(answer.status, answer.text).toBe(200);
    return answer.body as unknown as { subscription: SubscriptionBody };
  };
  const notification_url = receiver.at(`/${name}/product`);
  await post('product', { name, external_id: name, notification_url });
  const period = { interval: 1, interval_type: 'MONTHLY' };
  await post('plan', { name, external_id: name, product: name, amount: 499, ...period });
  const { subscription } = await post('subscription', {
    plan: name,
    customer: 'subscriber',
    additional_data: {
      operative: 'AUTHORIZATION',
      source_uuid: card.uuid,
      customer_ext_id: 'customer',
      service: client.credentials.services.redsys,
      url_post: receiver.at(`/${name}/order`),
      ...dataFields,
    },
    total_payment_number: 3,
    payment_attempts_limit: 3,
    ...fields,
  });
  return { client, tenant, subscription };
}

test.concurrent('both bodies go out after a payment', async () => {
  const { client, tenant, subscription } = await subscribe('paid');
  await eventually(() => {
    expect(receiver.received('/paid/product')).toHaveLength(1);
    expect(receiver.received('/paid/order')).toHaveLength(1);
  });
  const [flat] = receiver.received('/paid/product');
  const [payment] = subscription.payments;
  const body = JSON.parse(flat?.text ?? '');
  expect(body).toEqual({
    payment_id: payment?.id,
    subscription: subscription.id,
    plan: 'paid',
    product: 'paid',
    customer: 'subscriber',
    company: tenant.merchant,
    status: 'PAID',
    payment_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    payment_number: 1,
    attempt: 1,
    amount: 499,
    currency: '978',
  });
  expect(Object.keys(body)[0]).toBe('payment_id');
  const [ordinary] = receiver.received('/paid/order');
  checkHash(ordinary?.text ?? '', client.credentials.signature);
  expect(ordinary?.order).toMatchObject({ status: 'SUCCESS', amount: 499, customer: 'customer' });
  const details = JSON.parse(payment?.payment_details ?? '{}');
  expect(details).toEqual({
    order_uuid: ordinary?.order.uuid,
    source_uuid: expect.any(String),
    transaction_uuid: ordinary?.order.transactions[0]?.uuid,
  });
});

test.concurrent('only the product is told when nothing could be charged, again if need be', async () => {
  receiver.answer('/failed/product', 500);
  await subscribe('failed', {}, { service: 'F46ER1Q8' });
  await eventually(() => expect(receiver.received('/failed/product')).toHaveLength(2));
  const [, again] = receiver.received('/failed/product');
  expect(JSON.parse(again?.text ?? '')).toMatchObject({
    status: 'FAILED_NOTIFICATION',
    payment_number: 1,
    attempt: 1,
    currency: '978',
  });
  expect(receiver.received('/failed/order')).toEqual([]);
});

test.concurrent("schedule and queue charge what is due by the merchant's clock", async () => {
  const { client, tenant, subscription } = await subscribe('due');
  const clockOffsetMs = 100 * 86_400_000;
  await changeMerchant(stack.runtime.access, tenant, () => ({ clockOffsetMs }));
  await eventually(async () => {
    const { body } = await client.get(`/subscriptions/subscription/${subscription.id}`);
    const { subscription: now } = body as unknown as { subscription: SubscriptionBody };
    expect(now).toMatchObject({ active: false, status: 'PAID', total_payment_charged: 3 });
  });
  await eventually(() => {
    expect(receiver.received('/due/product')).toHaveLength(3);
    expect(receiver.received('/due/order')).toHaveLength(3);
  });
  const told = receiver.received('/due/product').map(({ text }) => JSON.parse(text));
  expect(told.map((one) => one.payment_number).sort()).toEqual([1, 2, 3]);
});

/** Puts the test card of all subscribers on a list of a kind. */
async function list(client: Client, type: string): Promise<void> {
  const body = { type, enabled: true, description: 'Test' };
  const { colorlists } = expected(await client.post('/colorlists', body)) as unknown as {
    colorlists: { uuid: string };
  };
  const at = `/colorlists/${colorlists.uuid}`;
  const service_uuid = client.credentials.services.redsys;
  expected(await client.post(`${at}/services`, { service_uuid }));
  expected(await client.post(`${at}/items`, { items: [{ type: 'BIN', value: '454881' }] }));
}

test.concurrent('a card on a black list is refused, at once and when it is renewed', async () => {
  const { client, tenant, subscription } = await subscribe('black');
  expect(subscription.status).toBe('PAID');
  await list(client, 'BLACKLIST');
  const refused = await resubscribe(client, 'black', subscription);
  expect(refused).toMatchObject({ status: 'DENIED', total_payment_charged: 0 });
  const clockOffsetMs = 35 * 86_400_000;
  await changeMerchant(stack.runtime.access, tenant, () => ({ clockOffsetMs }));
  await eventually(async () => {
    const { body } = await client.get(`/subscriptions/subscription/${subscription.id}`);
    const { subscription: now } = body as unknown as { subscription: SubscriptionBody };
    expect(now).toMatchObject({ active: true, status: 'DENIED', total_payment_charged: 1 });
    const details = JSON.parse(now.payments[1]?.payment_details ?? '{}');
    expect((await client.order(details.order_uuid)).status).toBe('BLACKLISTED');
  });
});

test.concurrent('a card on a grey list is refused: nobody is there to authenticate', async () => {
  const { client, subscription } = await subscribe('grey');
  await list(client, 'GREYLIST');
  const refused = await resubscribe(client, 'grey', subscription);
  expect(refused).toMatchObject({ status: 'DENIED', total_payment_charged: 0 });
  const details = JSON.parse(refused.payments[0]?.payment_details ?? '{}');
  expect(await client.order(details.order_uuid)).toMatchObject({
    status: 'REFUSED',
    transactions: [{ status: 'REFUSED', error: 'RISKY', antifraud: { evaluation: 'RISKY' } }],
  });
});

test.concurrent("a merchant's rules count the first charge and the renewals", async () => {
  const merchant = stack.newMerchant({ testClock: true });
  const { client, tenant } = await merchant;
  const rule = {
    kind: 'velocity',
    subject: 'customer',
    payments: 2,
    days: 90,
    score: 100,
  } as const;
  await setRule({ access: stack.runtime.access, ledger: stack.runtime.store }, tenant, rule);
  const { subscription } = await subscribe('counted', {}, {}, merchant);
  expect(subscription.status).toBe('PAID');
  const clockOffsetMs = 65 * 86_400_000;
  await changeMerchant(stack.runtime.access, tenant, () => ({ clockOffsetMs }));
  await eventually(async () => {
    const { body } = await client.get(`/subscriptions/subscription/${subscription.id}`);
    const { subscription: now } = body as unknown as { subscription: SubscriptionBody };
    expect(now.payments.map(({ status }) => status)).toEqual(['PAID', 'PAID', 'DENIED']);
  });
});

test.concurrent('lists say where the next page begins, until the last one', async () => {
  const { client, subscription } = await subscribe('pages');
  const second = await resubscribe(client, 'pages', subscription);
  const third = await resubscribe(client, 'pages', subscription);
  const newest = [third, second, subscription].map(({ id }) => id);
  const page = async (list: 'subscriptions' | 'payments', query: string) => {
    const { body } = await client.get(`/subscriptions/${list}?${query}`);
    const rows: { id: string }[] = Reflect.get(body, list);
    return [rows.length, rows[0]?.id, Reflect.get(body, 'next_offset')];
  };
  expect(await page('subscriptions', 'limit=2')).toEqual([2, newest[0], 2]);
  expect(await page('subscriptions', 'limit=2&offset=2')).toEqual([1, newest[2], undefined]);
  expect(await page('subscriptions', 'limit=3')).toEqual([3, newest[0], undefined]);
  const paid = [third, second, subscription].map(({ payments }) => payments[0]?.id);
  expect(await page('payments', 'limit=2')).toEqual([2, paid[0], 2]);
  expect(await page('payments', 'limit=2&offset=2')).toEqual([1, paid[2], undefined]);
});

/** Subscribes once more, with the same card. */
async function resubscribe(client: Client, plan: string, subscription: SubscriptionBody) {
  const answer = await client.post('/subscriptions/subscription', {
    plan,
    customer: 'subscriber',
    additional_data: JSON.parse(subscription.additional_data),
    total_payment_number: 3,
    payment_attempts_limit: 3,
  });
  expect(answer.status, answer.text).toBe(200);
  return (answer.body as unknown as { subscription: SubscriptionBody }).subscription;
}
