import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine } from '#infra/local/engine.ts';
import type { Card } from '#ledger/cards/card.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';
import { type CountingProxy, startCountingProxy } from '#test/bench/counting-proxy.ts';
import { APPROVED_PAN, expected } from '#test/support/client.ts';
import { httpCall } from '#test/support/http-call.ts';
import { CARD } from '#test/support/orders.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { OTHER_PAN } from './scenario.ts';

/** As many entries as a customer of years has. */
const ENTRIES = 3000;

let engine: Awaited<ReturnType<typeof startEngine>>;
let proxy: CountingProxy;
let stack: Stack;

beforeAll(async () => {
  engine = await startEngine(null);
  proxy = await startCountingProxy(engine.endpoint);
  const settings = { ACCESS_CACHE_SECONDS: '600' };
  stack = await startStack({ dynamodbEndpoint: proxy.url, settings });
});
afterAll(async () => {
  await stack.stop();
  proxy.stop();
  await engine.stop();
});

type Entry = Partial<Card> & Pick<Card, 'fingerprint' | 'last4'>;

/** Stores cards of a customer, oldest first, past the proxy. */
async function store(customer: string, entries: readonly Entry[]): Promise<Card[]> {
  const client = dynamoClient(engine.endpoint);
  const ledger = ledgerStore(client, stack.runtime.settings.LEDGER_TABLE);
  const firstMs = Date.now() - entries.length * 1000;
  const cards = entries.map((entry, index) => ({
    ...CARD,
    uuid: mintUuid(firstMs + index * 1000),
    version: 1,
    customer,
    saved: true,
    createdAt: new Date(firstMs + index * 1000).toISOString(),
    paidAt: null,
    paidWith: null,
    tokenizedWith: null,
    ...entry,
  }));
  const commit = (from: number) => {
    const changes = cards
      .slice(from, from + 100)
      .map((card) => ({ change: 'card', card }) as const);
    return ledger.commit(stack.demoTenant, changes);
  };
  for (let from = 0; from < cards.length; from += 100) await commit(from);
  client.destroy();
  return cards;
}

const numbered = (number: number): Entry => ({
  fingerprint: `number-${number}`,
  last4: String(number).padStart(4, '0'),
});

/** The cards that a page of the customer offers, first one first, and what showing it reads. */
async function offered(
  customer: string,
  { page = 'process', ...fields }: { page?: string; source_uuid?: string } = {},
) {
  const order = await stack.demo.createOrder({ customer_ext_id: customer, ...fields });
  const url = String(order.urls?.payment_card).replace('/process/', `/${page}/`);
  const open = () => httpCall(url, { method: 'GET' });
  await open();
  proxy.take();
  const { status, text } = await open();
  const { readUnits } = proxy.take();
  expect(status).toBe(200);
  const uuids = [...text.matchAll(/name="card" value="([\dA-F-]{36})"/g)].map(([, uuid]) => uuid);
  return { uuids, readUnits };
}

async function listed(customer: string) {
  return expected(await stack.demo.get(`/customer/${customer}/cards?status=ALL`)).cards;
}

const times = (count: number, entry: (index: number) => Entry) =>
  Array.from({ length: count }, (_, index) => entry(index));

/** Three saved cards, and then for years what is there for other reasons. */
const THREE = times(3, numbered);
const unsaved = (): Entry => ({ ...numbered(9), saved: false });
const ofPayment = (): Entry => ({ ...numbered(0), repeats: mintUuid(0) });

const CUSTOMERS = [
  {
    name: 'types in cards',
    entries: [...THREE, ...times(ENTRIES - 3, unsaved)],
    units: 0,
    newest: [2, 1, 0],
  },
  {
    name: 'pays with one card',
    entries: [...THREE, ...times(ENTRIES - 3, ofPayment)],
    units: 0,
    newest: [2, 1, 0],
  },
  {
    name: 'saves cards again',
    entries: times(ENTRIES, (index) => numbered(index % 3)),
    units: 4,
    newest: [2999, 2998, 2997],
  },
  {
    name: 'saves new cards',
    entries: times(ENTRIES, numbered),
    units: 4,
    newest: [2999, 2998, 2997, 2996, 2995],
  },
];

test.each(CUSTOMERS)(
  'a customer that $name for years costs pages what they show',
  async ({ name, entries, units, newest }) => {
    const customer = name.replaceAll(' ', '-');
    const nobody = `${customer}-without`;
    const cards = await store(customer, entries);
    for (const page of ['process', 'checkout']) {
      const none = await offered(nobody, { page });
      const { uuids, readUnits } = await offered(customer, { page });
      expect(none.uuids).toEqual([]);
      expect(uuids).toEqual(newest.map((index) => cards[index]?.uuid));
      expect(readUnits - none.readUnits).toBeLessThanOrEqual(units);
    }
    const all = await listed(customer);
    expect(all.map(({ uuid }) => uuid)).toEqual(cards.map(({ uuid }) => uuid));
  },
  60_000,
);

test('paying with a card that is typed in reads none of those that are stored', async () => {
  await store('typist', times(60, numbered));
  const { uuid, urls } = await stack.demo.createOrder({ customer_ext_id: 'typist' });
  const url = String(urls?.payment_card);
  const { text } = await httpCall(url, { method: 'GET' });
  const attempt = /name="attempt" value="(\w+)"/.exec(text)?.[1] ?? '';
  const typed = {
    card: 'new',
    holder: 'Jane Doe',
    number: APPROVED_PAN,
    expiry: '12/34',
    cvv: '123',
  };
  const body = new URLSearchParams({ ...typed, attempt, action: 'pay' }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  proxy.take();
  expect((await httpCall(url, { method: 'POST', headers, body })).status).toBe(303);
  expect(proxy.take().calls.Query).toBeUndefined();
  expect((await stack.demo.order(uuid)).status).toBe('SUCCESS');
});

test('of so many entries that no answer has room for them the newest are read', async () => {
  const entries = times(20, (index) => ({ ...numbered(index), saved: index % 2 === 0 }));
  const cards = await store('hoarder', entries);
  proxy.take();
  const found = await stack.runtime.store.cardsOf(stack.demoTenant, 'hoarder', 6);
  expect(found.map(({ uuid }) => uuid)).toEqual(cards.slice(-6).map(({ uuid }) => uuid));
  // Six of those that pages offer and six of the others.
  const { readUnits } = proxy.take();
  expect(readUnits).toBeGreaterThan(0);
  expect(readUnits).toBeLessThanOrEqual(2);
});

test('the card that an order names is offered first, however old it is', async () => {
  const cards = await store('names', times(100, numbered));
  const [oldest] = cards;
  const { uuids } = await offered('names', { source_uuid: String(oldest?.uuid) });
  const newest = cards.slice(-4).toReversed();
  expect(uuids).toEqual([oldest, ...newest].map((card) => card?.uuid));
});

test('a card that an order names and that was never saved is not offered', async () => {
  const [card] = await store('named-unsaved', [unsaved()]);
  expect((await offered('named-unsaved', { source_uuid: String(card?.uuid) })).uuids).toEqual([]);
});

test('a card is offered once however often it has paid, until it is deleted', async () => {
  const customer_ext_id = 'payer';
  const old = await stack.demo.saveCard({ customer_ext_id, card_pan: OTHER_PAN });
  const card = await stack.demo.saveCard({ customer_ext_id });
  for (let payment = 0; payment < 3; payment += 1) {
    const order = await stack.demo.createOrder({ customer_ext_id });
    expected(await stack.demo.charge(order.uuid, card.uuid));
  }
  expect(await listed(customer_ext_id)).toHaveLength(4);
  const { store: ledger } = stack.runtime;
  expect(await ledger.savedCards(stack.demoTenant, customer_ext_id, 10)).toHaveLength(2);
  expect((await offered(customer_ext_id)).uuids).toEqual([card.uuid, old.uuid]);
  const named = { card_uuid: card.uuid, customer_external_id: customer_ext_id };
  expected(await stack.demo.send('DELETE', '/payment-method/card', named));
  expect((await offered(customer_ext_id)).uuids).toEqual([old.uuid]);
  expect(await listed(customer_ext_id)).toHaveLength(3);
});

test('an entry of a payment is offered by itself to the customer that it is given to', async () => {
  const [, entry] = await store('giver', [numbered(0), ofPayment()]);
  const body = { old_external_id: 'giver', new_external_id: 'taker' };
  expected(await stack.demo.post(`/payment-method/${entry?.uuid}/external-id`, body));
  expect((await offered('taker')).uuids).toEqual([entry?.uuid]);
});

test('what an earlier version has listed among the saved cards is not offered', async () => {
  const [card] = await store('early', [unsaved()]);
  const client = dynamoClient(engine.endpoint);
  const { merchant, environment } = stack.demoTenant;
  await client.send(
    new UpdateItemCommand({
      TableName: stack.runtime.settings.LEDGER_TABLE,
      Key: { pk: { S: `${environment}#${merchant}#CARD#${card?.uuid}` }, sk: { S: 'CARD' } },
      UpdateExpression: 'SET listKey = :list',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':list': { S: `${environment}#${merchant}#CARDS#early` } },
    }),
  );
  client.destroy();
  expect((await offered('early')).uuids).toEqual([]);
  expect(await listed('early')).toHaveLength(1);
});

test('a list that no function could answer has the newest cards, oldest first', async () => {
  const additional = 'ñ'.repeat(1000);
  const cards = await store(
    'writer',
    times(1000, (index) => ({ ...numbered(index), additional })),
  );
  const answer = await stack.demo.get('/customer/writer/cards?status=ALL');
  const found = expected(answer).cards.map(({ uuid }) => uuid);
  expect(Buffer.byteLength(answer.text)).toBeLessThan(6 * 1024 * 1024);
  expect(found.length).toBeGreaterThan(700);
  expect(found).toEqual(cards.slice(-found.length).map(({ uuid }) => uuid));
});
