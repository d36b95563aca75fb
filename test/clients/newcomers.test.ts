import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintUuid } from '#ledger/core/ids.ts';
import { type Client, expected } from '#test/support/client.ts';
import { httpCall } from '#test/support/http-call.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { mistakes } from './newcomers.ts';
import { highLevelMistakes } from './newcomers-highlevel.ts';
import { resourceMistakes } from './newcomers-resources.ts';

let stack: Stack;
let client: Client;
/** What the requests name with `$`. */
const prepared: Record<string, string> = {};

beforeAll(async () => {
  stack = await startStack({ remembers: true });
  client = stack.demo;
  const { services } = client.credentials;
  const order = await client.createOrder();
  const card = await client.saveCard();
  const refused = await client.createOrder();
  const refusedCard = await client.saveCard({ card_pan: '4111111111111111' });
  await client.charge(refused.uuid, refusedCard.uuid);
  const held = await client.createOrder({ operative: 'DEFERRED' });
  await client.charge(held.uuid, card.uuid);
  const noPci = await stack.withProfiles(stack.demoTenant, client, ['all'], false);
  const readonly = await stack.withProfiles(stack.demoTenant, client, ['readonly']);
  Object.assign(prepared, {
    order: order.uuid,
    token: order.token,
    card: card.uuid,
    refused: refused.uuid,
    held: held.uuid,
    paid: (await client.paidOrder({ reference: 'newcomer-reference' })).uuid,
    paidReference: 'newcomer-reference',
    otherCard: (await client.saveCard({ customer_ext_id: 'other' })).uuid,
    ofNobody: (await client.createOrder({ customer_ext_id: null })).uuid,
    payout: (await client.createOrder({ operative: 'PAYOUT' })).uuid,
    strangePayout: (await client.createOrder({ operative: 'PAYOUT', customer_ext_id: 'new' })).uuid,
    unknown: mintUuid(Date.now()),
    redsys: services.redsys,
    noPci: noPci.credentials.apiKey,
    readonly: readonly.credentials.apiKey,
  });
  expected(await client.get(`/order/${order.uuid}`));
});
afterAll(() => stack.stop());

/** Replaces what begins with `$`, alone or as the last word. */
function filled(text: string): string {
  return text.replace(/\$(\w+)/g, (whole, name) => prepared[name] ?? whole);
}

describe('a newcomer to the Paylands face learns how to mend', () => {
  test.each([...mistakes, ...resourceMistakes])('$title: $request', async (mistake) => {
    const { apiKey, signature } = client.credentials;
    const [method = '', path = ''] = mistake.request.split(' ');
    const body = mistake.body && JSON.stringify({ signature, ...mistake.body });
    const given = mistake.headers ?? { authorization: `Bearer ${apiKey}` };
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, filled(value)]),
    );
    const answer = await httpCall(`${stack.url}${mistake.base ?? '/v1/sandbox'}${path}`, {
      method,
      headers,
      body: body && filled(body),
    });
    const { code, details } = JSON.parse(answer.text);
    expect([answer.status, code], answer.text).toEqual([mistake.status, mistake.status]);
    for (const said of mistake.says) expect(details).toMatch(said);
  });
});

test('there are sixty mistakes and more', () => {
  expect(mistakes.length + highLevelMistakes.length).toBeGreaterThan(75);
});
