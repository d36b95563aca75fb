import { afterAll, beforeAll, expect, test } from 'vitest';
import { setRule } from '#administration/security-rules.ts';
import { startEngine } from '#infra/local/engine.ts';
import type { VelocitySubject } from '#ledger/security/security-policy.ts';
import { type CountingProxy, type Counts, startCountingProxy } from '#test/bench/counting-proxy.ts';
import { type Client, expected } from '#test/support/client.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let proxy: CountingProxy;
let stack: Stack;

beforeAll(async () => {
  engine = await startEngine(null);
  proxy = await startCountingProxy(engine.endpoint);
  stack = await startStack({
    dynamodbEndpoint: proxy.url,
    settings: { ACCESS_CACHE_SECONDS: '600' },
  });
});
afterAll(async () => {
  await stack.stop();
  proxy.stop();
  await engine.stop();
});

/** What a charge costs once its function knows its caller and what the merchant screens by. */
async function costOf(client: Client): Promise<Counts> {
  const card = await client.saveCard();
  const charge = async () => {
    const { uuid } = await client.createOrder();
    proxy.take();
    const answer = await client.post('/payment/direct', {
      order_uuid: uuid,
      card_uuid: card.uuid,
      customer_ip: '203.0.113.7',
    });
    const counts = proxy.take();
    expect(expected(answer).order.status).toBe('SUCCESS');
    return counts;
  };
  await charge();
  await charge();
  return charge();
}

async function withList(client: Client, type: string, items: object[]): Promise<void> {
  const body = { type, enabled: true, description: type };
  const { colorlists } = expected(await client.post('/colorlists', body)) as unknown as {
    colorlists: { uuid: string };
  };
  expected(await client.post(`/colorlists/${colorlists.uuid}/items`, { items }));
}

const LISTED = [
  { type: 'IP', value: '198.51.100.0/24' },
  { type: 'CARD', value: '4111111111111111' },
  { type: 'EMAIL', value: 'example.org' },
  { type: 'CUSTOMER', value: 'mallory' },
];

test('a charge reads one batch more at the most, and writes more for velocity rules alone', async () => {
  const { client: plain } = await stack.newMerchant();
  const none = await costOf(plain);

  const { client: one } = await stack.newMerchant();
  await withList(one, 'BLACKLIST', LISTED);
  const listed = await costOf(one);

  const { client: many } = await stack.newMerchant();
  for (const type of ['BLACKLIST', 'WHITELIST', 'GREYLIST', 'BLACKLIST', 'BLACKLIST']) {
    await withList(many, type, LISTED);
  }
  const manyLists = await costOf(many);

  const { client: ruled, tenant } = await stack.newMerchant();
  const target = { access: stack.runtime.access, ledger: stack.runtime.store };
  for (const subject of ['card', 'ip', 'customer'] satisfies VelocitySubject[]) {
    await setRule(target, tenant, { kind: 'velocity', subject, payments: 99, days: 7, score: 99 });
  }
  const counted = await costOf(ruled);

  const countOf = ({ calls }: Counts) => Object.values(calls).reduce((sum, one) => sum + one);
  // The order with its card, and that there is no policy.
  expect([none.calls.BatchGetItem, countOf(none)]).toEqual([1, 3]);
  // Once more, the policy with all that it asks for.
  for (const one of [listed, manyLists, counted]) {
    expect([one.calls.BatchGetItem, countOf(one)]).toEqual([2, 4]);
  }
  expect({ ...manyLists, written: [] }).toEqual({ ...listed, written: [] });
  // As docs/security-lists.md says.
  expect(none).toMatchObject({ readUnits: 3, writeUnits: 18 });
  expect(listed).toMatchObject({ readUnits: 7, writeUnits: 18 });
  // Two for each of three counters, and one because the intent is a transaction with them.
  expect(counted).toMatchObject({ readUnits: 6, writeUnits: 25 });
});
