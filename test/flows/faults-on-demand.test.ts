import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setFaults } from '#administration/merchants.ts';
import { type Faults, faultsText, parseFaults } from '#ledger/core/faults.ts';
import type { Client, OrderBody } from '#test/support/client.ts';
import { expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  const settings = { RECOVER_AFTER_SECONDS: '1', NOTIFICATION_RETRY_SECONDS: '1' };
  stack = await startStack({ settings, scheduleSeconds: 0.3 });
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

const fault = (text: string, key?: string) => ({
  headers: { 'pasarela-fault': text },
  ...(key === undefined ? {} : { key }),
});

async function orderAndCard(client: Client, fields: object = {}) {
  const service = Object.values(client.credentials.services)[0];
  const order = await client.createOrder({ service, ...fields });
  return { order, card: await client.saveCard() };
}

function statusOf(client: Client, { uuid }: OrderBody): Promise<string> {
  return client.order(uuid).then(({ status }) => status);
}

describe('the acquirer', () => {
  test.concurrent('refuses a card that it would approve, and a refund', async () => {
    const { order, card } = await orderAndCard(stack.demo);
    const refused = await stack.demo.charge(order.uuid, card.uuid, fault('refused'));
    expect(expected(refused).order.status).toBe('REFUSED');
    const { uuid } = await stack.demo.paidOrder();
    const refund = expected(await stack.demo.refund(uuid, 100, fault('refused'))).order;
    expect(refund.transactions.at(-1)?.status).toBe('REFUSED');
    expect(refund.refunded).toBe(0);
    expect(expected(await stack.demo.refund(uuid, 100)).order.refunded).toBe(100);
  });

  test.concurrent.each([
    ['timeout', 'SUCCESS'],
    ['timeout, refused', 'REFUSED'],
  ])('acts and does not answer: %s is found to be %s', async (text, status) => {
    const { order, card } = await orderAndCard(stack.demo);
    const answer = await stack.demo.charge(order.uuid, card.uuid, fault(text));
    expect(expected(answer).order.status).toBe('PENDING_PROCESSOR_RESPONSE');
    await eventually(async () => expect(await statusOf(stack.demo, order)).toBe(status));
  });

  test.concurrent('takes its time', async () => {
    const { order, card } = await orderAndCard(stack.demo);
    const startedMs = performance.now();
    const answer = await stack.demo.charge(order.uuid, card.uuid, fault('delay=1'));
    expect(performance.now() - startedMs).toBeGreaterThan(1000);
    expect(expected(answer).order.status).toBe('SUCCESS');
  });
});

describe('the API', () => {
  test.concurrent.each([500, 502, 503, 504])('answers %s and has done nothing', async (status) => {
    const { order, card } = await orderAndCard(stack.demo);
    const answer = await stack.demo.charge(order.uuid, card.uuid, fault(`error=${status}`));
    expect(answer.status).toBe(status);
    expect(await statusOf(stack.demo, order)).toBe('CREATED');
  });

  test.concurrent('answers 500 and has done everything: the same key gets the answer', async () => {
    const { order, card } = await orderAndCard(stack.demo);
    const lost = await stack.demo.charge(order.uuid, card.uuid, fault('error-after', 'lost'));
    expect(lost.status).toBe(500);
    const again = await stack.demo.charge(order.uuid, card.uuid, { key: 'lost' });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(expected(again).order.status).toBe('SUCCESS');
  });
});

describe('notifications', () => {
  test.concurrent('come twice', async () => {
    const { order, card } = await orderAndCard(stack.demo, { url_post: receiver.at('/twice') });
    await stack.demo.charge(order.uuid, card.uuid, fault('notify-twice'));
    await eventually(() => expect(receiver.received('/twice')).toHaveLength(2));
    const [one, other] = receiver.received('/twice');
    expect(one?.text).toBe(other?.text);
  });

  test.concurrent('come late', async () => {
    const { order, card } = await orderAndCard(stack.demo, { url_post: receiver.at('/late') });
    const startedMs = performance.now();
    await stack.demo.charge(order.uuid, card.uuid, fault('notify-late=2'));
    await eventually(() => expect(receiver.received('/late')).toHaveLength(1));
    expect(performance.now() - startedMs).toBeGreaterThan(2000);
  });
});

describe('the pages, where what a merchant has set counts,', () => {
  /** Opens the card page of a new order and pays there. */
  async function visit(faults: Faults) {
    const { client, tenant } = await stack.newMerchant();
    const order = await client.createOrder({ service: client.credentials.services.redsys });
    const url = `${stack.url}/v1/sandbox/payment/process/${order.token}`;
    const page = await (await fetch(url)).text();
    const attempt = /name="attempt" value="([0-9a-f]{32})"/.exec(page)?.[1] ?? '';
    const card = { card: 'new', holder: 'Jane', number: '4548812049400004', cvv: '123' };
    const form = new URLSearchParams({ ...card, attempt, action: 'pay', expiry: '12/34' });
    const pay = () => fetch(url, { method: 'POST', body: form, redirect: 'manual' });
    await setFaults(stack.runtime.access, tenant, faults);
    return { client, tenant, order, pay };
  }

  test.concurrent('a card is refused', async () => {
    const { client, order, pay } = await visit({ refused: true });
    await pay();
    expect(await statusOf(client, order)).toBe('REFUSED');
  });

  test.concurrent('a buyer whose answer is lost sends the form again, and pays once', async () => {
    const lost = { answer: { when: 'after', status: 500 } } as const;
    const { client, tenant, order, pay } = await visit(lost);
    const answer = await pay();
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-type')).toContain('text/html');
    await setFaults(stack.runtime.access, tenant, {});
    expect((await pay()).status).toBeLessThan(400);
    const { order: paid } = expected(await client.get(`/order/${order.uuid}`));
    expect(paid).toMatchObject({ status: 'SUCCESS', captured: 1000 });
    expect(paid.transactions).toHaveLength(1);
  });

  test.concurrent('a buyer whose payment has no answer yet waits, and has paid', async () => {
    const { client, order, pay } = await visit({ timeout: true });
    await pay();
    await eventually(async () => expect(await statusOf(client, order)).toBe('SUCCESS'));
  });
});

describe('whose faults:', () => {
  test.concurrent('a merchant sets them for all its requests; a header counts more', async () => {
    const { client, tenant } = await stack.newMerchant();
    const pair = await orderAndCard(client);
    const other = await orderAndCard(client);
    await setFaults(stack.runtime.access, tenant, { refused: true });
    const refused = await client.charge(pair.order.uuid, pair.card.uuid);
    expect(expected(refused).order.status).toBe('REFUSED');
    const late = await client.charge(other.order.uuid, other.card.uuid, fault('delay=1'));
    expect(expected(late).order.status).toBe('SUCCESS');
    await setFaults(stack.runtime.access, tenant, {});
    const last = await orderAndCard(client);
    const paid = await client.charge(last.order.uuid, last.card.uuid);
    expect(expected(paid).order.status).toBe('SUCCESS');
  });

  test.concurrent.each(['nonsense', 'delay', 'delay=0', 'delay=61', 'error=404', 'refused=1', ''])(
    '"%s" is refused and changes nothing',
    async (text) => {
      const { order, card } = await orderAndCard(stack.demo);
      const answer = await stack.demo.charge(order.uuid, card.uuid, fault(text));
      expect(answer.status).toBe(400);
      expect(answer.body.details).toContain('Pasarela-Fault');
      expect(await statusOf(stack.demo, order)).toBe('CREATED');
    },
  );

  test.concurrent('never those of a live merchant', async () => {
    const { client, tenant } = await stack.newMerchant({ environment: 'live' });
    const answer = await client.get('/api-key/me', fault('error'));
    expect(answer.status).toBe(400);
    expect(answer.body.details).toBe('Pasarela-Fault is for the sandbox');
    const set = async () => setFaults(stack.runtime.access, tenant, { refused: true });
    await expect(set()).rejects.toThrow('Faults on demand are for the sandbox');
  });
});

test.each([
  'refused, timeout, delay=5, error=503, notify-twice, notify-late=60',
  'error-after=500',
])('%s is written as it is read', (text) => {
  expect(faultsText(parseFaults(text) ?? {})).toBe(text);
});
