import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import sendMotoLinks from '#functions/jobs/send-moto-links.ts';
import watchCampaigns from '#functions/schedules/watch-campaigns.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import { type Letter, lettersIn } from '#messages/mailbox.ts';
import type { Client } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { httpCall } from '#test/support/http-call.ts';
import { inTheFuture } from '#test/support/in-the-future.ts';
import { invoke } from '#test/support/invoke.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;
let shop: Receiver;

beforeAll(async () => {
  const settings = { MOTO_LINKS_PER_SECOND: '1000' };
  [stack, shop] = await Promise.all([startStack({ settings }), startReceiver()]);
});
afterAll(() => Promise.all([stack.stop(), shop.close()]));

interface CampaignBody {
  detail: { uuid: string; status: string; error: string | null; id: number };
  payments: { uuid: string; line: number; status: string; id: number }[];
}

interface OrdersBody {
  orders: Record<
    string,
    {
      status: string;
      order: { uuid: string; status: string; safe: boolean; urls: Record<string, string> } | null;
    }
  >;
}

const nextMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

async function campaign(
  client: Client,
  payments: object[],
  fields: object = {},
  key?: string,
): Promise<CampaignBody> {
  const body = {
    description: 'Christmas',
    expires_at: nextMonth(),
    service_uuid: Object.values(client.credentials.services)[0],
    subject: 'Your order',
    type: 'MAIL',
    payments: payments.map((one) => ({
      amount: 1000,
      operative: 'AUTHORIZATION',
      secure: false,
      ...one,
    })),
    ...fields,
  };
  const options = key === undefined ? {} : { key };
  const answer = await client.post('/payment/moto/json', body, options);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body as unknown as CampaignBody;
}

async function ordersOf(client: Client, uuid: string): Promise<OrdersBody['orders']> {
  const answer = await client.get(`/payment/moto/${uuid}/orders`);
  return (answer.body as unknown as OrdersBody).orders;
}

async function allKnown(client: Client, { detail }: CampaignBody, status: string) {
  await eventually(async () => {
    const states = Object.values(await ordersOf(client, detail.uuid)).map((one) => one.status);
    expect(new Set(states)).toEqual(new Set([status]));
  });
  return ordersOf(client, detail.uuid);
}

const lettersTo = async (to: string): Promise<Letter[]> => {
  const letters = await lettersIn(process.env.MAILBOX_FILE ?? '');
  return letters.filter((letter) => letter.to === to);
};

const addresses = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => ({ destination: `${name}-${index}@example.com` }));

describe('links', () => {
  test('are sent once each, and each leads to its own order', async () => {
    const { client } = await stack.newMerchant();
    const made = await campaign(client, addresses(30, 'once'));
    expect(made.payments.map(({ line }) => line)).toEqual(made.payments.map((_, at) => at + 1));
    const orders = await allKnown(client, made, 'COMPLETED');
    expect(Object.keys(orders)).toEqual(made.payments.map(({ uuid }) => uuid));
    for (const [index, { uuid }] of made.payments.entries()) {
      const letters = await lettersTo(`once-${index}@example.com`);
      expect(letters).toHaveLength(1);
      expect(letters[0]).toMatchObject({ channel: 'mail', subject: 'Your order' });
      expect(letters[0]?.text).toContain(orders[uuid]?.order?.urls.payment_card);
    }
  });

  test('are sent once though the message comes again and again, and all at once', async () => {
    const { client, tenant } = await stack.newMerchant();
    const made = await campaign(client, addresses(10, 'again'));
    const body = JSON.stringify({ ...tenant, campaign: made.detail.uuid, from: 0 });
    const Records = Array.from({ length: 5 }, (_, index) => ({ messageId: String(index), body }));
    await Promise.all([invoke(sendMotoLinks, { Records }), invoke(sendMotoLinks, { Records })]);
    await allKnown(client, made, 'COMPLETED');
    await invoke(sendMotoLinks, { Records });
    for (let index = 0; index < 10; index += 1) {
      expect(await lettersTo(`again-${index}@example.com`)).toHaveLength(1);
    }
  });

  test('go out as SMS in the name of their sender', async () => {
    const { client } = await stack.newMerchant();
    const made = await campaign(client, [{ destination: '0034 600 11 22 33' }], {
      type: 'PHONE',
      subject: 'Pasarela',
    });
    await allKnown(client, made, 'COMPLETED');
    expect(await lettersTo('+34600112233')).toMatchObject([{ channel: 'sms', sender: 'Pasarela' }]);
  });

  test('are in the words of the template that their payment names', async () => {
    const { client, tenant } = await stack.newMerchant();
    const messages = { mail: 'Dear {other},\n{amount} for {description}: {url}', sms: '-> {url}' };
    const template = { ...DEFAULT_TEMPLATE, uuid: mintUuid(Date.now()), messages };
    await stack.runtime.templates.put(tenant, template);
    const made = await campaign(client, [
      { destination: 'words@example.com', moto_template: template.uuid.toLowerCase() },
      { destination: 'unknown-words@example.com', moto_template: mintUuid(Date.now()) },
    ]);
    const orders = await allKnown(client, made, 'COMPLETED');
    const url = orders[made.payments[0]?.uuid ?? '']?.order?.urls.payment_card;
    const [own] = await lettersTo('words@example.com');
    expect(own?.text).toMatch(/^Dear \{other\},\n10,00\s€ for Christmas: /);
    expect(own?.text).toContain(`: ${url}?`);
    expect((await lettersTo('unknown-words@example.com'))[0]?.text).toContain('Christmas');
    const phone = [{ destination: '+34600778899', moto_template: template.uuid }];
    const texts = await campaign(client, phone, { type: 'PHONE', subject: 'Pasarela' });
    await allKnown(client, texts, 'COMPLETED');
    expect((await lettersTo('+34600778899'))[0]?.text).toMatch(/^-> http/);
  });

  test("go to numbers of the merchant's country when they have no prefix", async () => {
    const { client } = await stack.newMerchant();
    const made = await campaign(client, [{ destination: '600 44 55 66' }], {
      type: 'PHONE',
      subject: 'Pasarela',
    });
    await allKnown(client, made, 'COMPLETED');
    expect(await lettersTo('+34600445566')).toHaveLength(1);
  });

  test('that the merchant delivers are only made', async () => {
    const { client } = await stack.newMerchant();
    const made = await campaign(client, [{ destination: 'WhatsApp of Jane' }], {
      type: 'CUSTOM_DELIVERY',
    });
    const orders = await allKnown(client, made, 'COMPLETED');
    const { order } = orders[made.payments[0]?.uuid ?? ''] ?? {};
    expect(order?.urls.payment_card).toMatch(/^http.*\/payment\/process\/[0-9a-f]{128}$/);
    expect(await lettersTo('WhatsApp of Jane')).toEqual([]);
  });

  test('of a card lead to 3-D Secure', async () => {
    const { client } = await stack.newMerchant();
    const card = await client.saveCard();
    const made = await campaign(client, [
      { destination: 'secure@example.com', source_uuid: card.uuid, customer_ext_id: 'customer' },
    ]);
    await allKnown(client, made, 'COMPLETED');
    const [letter] = await lettersTo('secure@example.com');
    const [url = ''] = /http\S+/.exec(letter?.text ?? '') ?? [];
    expect(url).toContain('/payment/tokenized/');
    expect((await httpCall(url, { method: 'GET' })).status).toBe(200);
  });

  test('pay once, tell who is to be told, and are certified', async () => {
    const { client } = await stack.newMerchant();
    const made = await campaign(client, [
      { destination: 'pays@example.com', url_post: shop.at('/moto'), customer_ext_id: 'customer' },
    ]);
    const orders = await allKnown(client, made, 'COMPLETED');
    const { uuid = '' } = made.payments[0] ?? {};
    const before = await certificate(client, uuid);
    const [letter] = await lettersTo('pays@example.com');
    const [url = ''] = /http\S+/.exec(letter?.text ?? '') ?? [];
    expect((await httpCall(url, { method: 'GET' })).status).toBe(200);
    const opened = await certificate(client, uuid);
    expect(opened).not.toBe(before);
    const card = await client.saveCard();
    const order = orders[uuid]?.order?.uuid ?? '';
    expect((await client.charge(order, card.uuid)).body.order.status).toBe('SUCCESS');
    expect((await client.charge(order, card.uuid)).status).toBe(404);
    await eventually(() => expect(shop.received('/moto')).toHaveLength(1));
    const paid = await certificate(client, uuid);
    expect(paid).not.toBe(opened);
    expect(await certificate(client, uuid)).toBe(paid);
  });

  test('of a repeated request are the first one’s', async () => {
    const { client } = await stack.newMerchant();
    const made = await campaign(client, addresses(3, 'repeated'), {}, 'key');
    expect(await campaign(client, addresses(3, 'repeated'), {}, 'key')).toEqual(made);
    await allKnown(client, made, 'COMPLETED');
    expect(await lettersTo('repeated-0@example.com')).toHaveLength(1);
  });
});

test('campaigns and payments of a merchant are numbered', async () => {
  const { client } = await stack.newMerchant();
  const made = await Promise.all([
    campaign(client, addresses(2, 'one'), { type: 'CUSTOM_DELIVERY' }),
    campaign(client, addresses(3, 'two'), { type: 'CUSTOM_DELIVERY' }),
  ]);
  expect(made.map(({ detail }) => detail.id).toSorted()).toEqual([1, 2]);
  const numbers = made.flatMap(({ payments }) => payments.map(({ id }) => id));
  expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5]);
});

test('a campaign has at most 1,000 payments, and at least one', async () => {
  const { client } = await stack.newMerchant();
  const send = (count: number) =>
    campaign(client, addresses(count, 'many'), { type: 'CUSTOM_DELIVERY' });
  await expect(send(1001)).rejects.toThrow('a campaign has at most 1000 payments');
  await expect(send(0)).rejects.toThrow('Field payments is not valid');
  expect((await send(1000)).payments).toHaveLength(1000);
});

test('links whose message was lost are sent by way of the schedule', async () => {
  const { client } = await stack.newMerchant();
  const { send } = SQSClient.prototype;
  const spy = vi.spyOn(SQSClient.prototype, 'send').mockImplementation(function (
    this: SQSClient,
    ...call: unknown[]
  ) {
    const isHit = /SendMessage.*moto-links/.test(
      `${call[0]?.constructor.name}${JSON.stringify(call[0])}`,
    );
    return isHit ? Promise.reject(new Error('Lost')) : Reflect.apply(send, this, call);
  });
  const made = await campaign(client, addresses(2, 'lost'));
  spy.mockRestore();
  expect(made.payments.map(({ status }) => status)).toEqual(['PENDING', 'PENDING']);
  await invoke(watchCampaigns);
  await inTheFuture(4 * 60_000, () => invoke(watchCampaigns));
  await allKnown(client, made, 'COMPLETED');
});

async function certificate(client: Client, uuid: string): Promise<string> {
  const answer = await client.get(`/payment/moto/${uuid}/certificate`);
  expect(answer.status, answer.text).toBe(200);
  return (answer.body as unknown as { certificate: string }).certificate;
}
