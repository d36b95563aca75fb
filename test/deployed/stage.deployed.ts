import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importSubscriptions } from '#administration/import-subscriptions.ts';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import { checkScenario } from '#test/flows/check-scenario.ts';
import { operations, prepare, send } from '#test/flows/play.ts';
import { scenarios } from '#test/flows/scenarios.ts';
import { call, sdk } from '#test/highlevel/support/locations.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';
import { AMOUNT, SALE, TEE_PRICE } from '#test/highlevel/support/purchase.ts';
import { CALLS, SUBSCRIPTION } from '#test/highlevel/support/sdk-calls.ts';
import { Client, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type DeployedStage, deployInto } from './deploy.ts';
import { type Emulator, installEmulator, startEmulator } from './emulator.ts';

/** A schedule runs every minute, and the emulator looks for what is due every few seconds. */
const SCHEDULED_MS = 240_000;

const missing = installEmulator();
if (missing !== null) throw new Error(`The deployed set cannot be tested: ${missing}`);

let emulator: Emulator;
let stage: DeployedStage;
let paylands: Client;
let receiver: Receiver;

beforeAll(async () => {
  emulator = await startEmulator();
  stage = await deployInto(emulator);
  paylands = new Client(stage.demo.paylands);
  receiver = await startReceiver();
  await sendGoods(TO_BE_TOLD);
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await receiver?.close();
  await emulator?.stop();
});

/** The buyer to whom something is sent first of all: the schedule that says so has a minute. */
const TO_BE_TOLD = 'scheduled@shop.example';

/** A buyer's order is on its way, which the buyer is to be told. */
async function sendGoods(email: string): Promise<void> {
  const { highlevel } = stage.demo;
  const sale = { ...SALE, contactSnapshot: { ...SALE.contactSnapshot, email } };
  const order = await paylands.createOrder({ amount: AMOUNT, extra_data: { highlevel: sale } });
  const path = `/payments/orders/${objectIdFromUuid(order.uuid)}/fulfillments`;
  const answer = await call(highlevel.baseUrl, highlevel.token, `POST ${path}`, {
    body: {
      altId: highlevel.locationId,
      altType: 'location',
      trackings: [{ shippingCarrier: 'FedEx', trackingNumber: '40012345678' }],
      items: [{ priceId: TEE_PRICE, qty: 2 }],
      notifyCustomer: true,
    },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

describe.each(operations)('Paylands: $name', ({ name }) => {
  test.each(scenarios.filter((one) => one.request.operation === name))(
    '$title',
    async (scenario) => {
      const prepared = await prepare(scenario, paylands, stage.target);
      const answer = await send(paylands, prepared);
      checkScenario(scenario, prepared, answer, paylands.credentials);
    },
  );
});

describe('what is no route', () => {
  test('a trailing slash is answered by the operation', async () => {
    expect((await paylands.get('/')).status).toBe(200);
    expect((await paylands.get('/api-key/me/')).status).toBe(200);
  });

  test('a link can be sent with a trailing slash too', async () => {
    const { uuid } = await paylands.createOrder();
    const answer = await paylands.post('/payment/send/', {
      order_uuid: uuid,
      destination: 'slash@shop.example',
      subject: 'Your order',
    });
    expect(answer.status, answer.text).toBe(200);
  });

  test('anything else is not found', async () => {
    expect((await paylands.get('/nothing/here')).status).toBe(404);
  });
});

test('HighLevel: every method of the official SDK', async () => {
  const { highlevel } = stage.demo;
  const order = await paylands.createOrder({ amount: AMOUNT, extra_data: { highlevel: SALE } });
  const paid = await paylands.paidOrder();
  await importSubscriptions(stage.target, subscriptionOf(highlevel.locationId));
  const { payments } = sdk(highlevel.baseUrl, highlevel.appToken);
  const ids = {
    locationId: highlevel.locationId,
    alt: { altId: highlevel.locationId, altType: 'location' as const },
    orderId: objectIdFromUuid(order.uuid) ?? '',
    transactionId: objectIdFromUuid(paid.transactions[0]?.uuid ?? '') ?? '',
    coupon: '',
  };
  for (const [method, operationId, invoke] of CALLS) {
    const answer = await invoke(payments, ids);
    if (operationId !== null) expect(violationsOf(operationId, answer), method).toEqual([]);
  }
});

test('the job delivers a notification through its queue', async () => {
  const paid = await paylands.paidOrder({ url_post: receiver.at('/paid') });
  await eventually(() => expect(receiver.received('/paid')).toHaveLength(1));
  expect(receiver.received('/paid')[0]?.order).toMatchObject({
    uuid: paid.uuid,
    status: 'SUCCESS',
  });
});

test('a message that cannot be worked on is tried again, not lost', async () => {
  const sqs = new SQSClient({});
  const QueueUrl = `${emulator.url}/000000000000/pasarela-dev-notifications`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"not":"a reference"}' }));
  sqs.destroy();
  const paid = await paylands.paidOrder({ url_post: receiver.at('/beside') });
  await eventually(() => expect(receiver.received('/beside')).toHaveLength(1));
  expect(paid.status).toBe('SUCCESS');
});

test('the rows of a file are charged through their queue', async () => {
  const card = await paylands.saveCard();
  const { redsys } = paylands.credentials.services;
  const row = (amount: number) => `${amount},${card.uuid},customer,${redsys}`;
  const csv = ['AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE', row(1201), row(1202)];
  const data = Buffer.from(csv.join('\n')).toString('base64');
  expected(await paylands.post('/batch/authorizations', { data, filename: 'rows.csv' }));
  await eventually(async () => {
    const own = (await paylands.rows()).filter(({ amount }) => [1201, 1202].includes(amount));
    expect(own.map((one) => [one.amount, one.status]).sort()).toEqual([
      [1201, 'SUCCESS'],
      [1202, 'SUCCESS'],
    ]);
  });
});

test('a link is sent as mail', async () => {
  const { uuid } = await paylands.createOrder();
  const fields = { order_uuid: uuid, destination: 'link@shop.example', subject: 'Your order' };
  expected(await paylands.post('/payment/send', fields));
  expect(await mailTo('link@shop.example')).toMatchObject([{ Subject: 'Your order' }]);
});

test(
  'a schedule sends what is due, once',
  async () => {
    const limits = { timeout: SCHEDULED_MS, interval: 500 };
    await expect.poll(() => mailTo(TO_BE_TOLD), limits).not.toEqual([]);
    expect(await mailTo(TO_BE_TOLD)).toHaveLength(1);
  },
  SCHEDULED_MS + 30_000,
);

test('no role was refused anything, and no API, schedule or source was stopped', () => {
  // A queue's own policy, which only denies, is asked too: what counts is that a role may.
  const decisions = emulator.decisions().filter(([role]) => role?.includes('pasarela'));
  const asked = decisions.map((one) => one.slice(0, 3).join(' '));
  const allowed = decisions
    .filter((one) => one[3] === 'Allow')
    .map((one) => one.slice(0, 3).join(' '));
  expect(allowed.length).toBeGreaterThan(100);
  expect(asked.filter((one) => !allowed.includes(one))).toEqual([]);
  expect(emulator.refusals()).toEqual([]);
});

type Mail = Record<string, unknown>;

/** What SES sent to an address, of all accounts. */
async function mailTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${emulator.url}/_ministack/ses/messages`);
  const { messages } = (await response.json()) as { messages: Record<string, Mail[]> };
  return Object.values(messages)
    .flat()
    .filter((one) => JSON.stringify(one).includes(address));
}

function subscriptionOf(altId: string): object {
  return {
    _id: SUBSCRIPTION,
    altId,
    altType: 'location',
    currency: 'EUR',
    amount: 59,
    status: 'active',
    liveMode: false,
    entitySource: { type: 'funnel', id: 'bevrkPbLaDNXFaqfLKMm', name: 'Funnel' },
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}
