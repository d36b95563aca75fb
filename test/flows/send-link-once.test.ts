import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mintUuid } from '#ledger/core/ids.ts';
import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import { type Letter, lettersIn } from '#messages/mailbox.ts';
import {
  type DynamoFault,
  type FaultyDynamo,
  startFaultyDynamo,
} from '#test/support/faulty-dynamodb.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let dynamo: FaultyDynamo;
let stack: Stack;

beforeAll(async () => {
  dynamo = await startFaultyDynamo();
  stack = await startStack({ dynamodbEndpoint: dynamo.endpoint });
});
afterAll(async () => {
  await stack.stop();
  await dynamo.stop();
});
beforeEach(() => dynamo.calm());

/** When a commit of a key comes: before the link is sent, or after it. */
const claims = (body: string) => body.includes('"state":{"S":"started"}');
const answers = (body: string) => body.includes('"state":{"S":"done"}');

/** Does something to the first commits of one kind, and says how many there were. */
function first(count: number, isMeant: (body: string) => boolean, fault: DynamoFault) {
  const seen = { times: 0 };
  dynamo.onTransaction((body) => {
    if (!isMeant(body)) return 'none';
    seen.times += 1;
    return seen.times > count ? 'none' : fault;
  });
  return seen;
}

async function lettersTo(to: string): Promise<Letter[]> {
  const letters = await lettersIn(process.env.MAILBOX_FILE ?? '');
  return letters.filter((letter) => letter.to === to);
}

function send(order_uuid: string, destination: string) {
  const body = { order_uuid, destination, subject: 'Your order', language: 'en' };
  return stack.demo.post('/payment/send', body, { key: destination });
}

test("sends a link in the words of its order's template", async () => {
  const messages = { mail: 'Pay {merchant} with {url} until {time}.' };
  const template = { ...DEFAULT_TEMPLATE, uuid: mintUuid(Date.now()), messages };
  await stack.runtime.templates.put(stack.demoTenant, template);
  const order = await stack.demo.createOrder({ template_uuid: template.uuid });
  expect((await send(order.uuid, 'own-words@example.com')).status).toBe(200);
  expect((await send(order.uuid, '+34600123123')).status).toBe(200);
  const [mail] = await lettersTo('own-words@example.com');
  expect(mail?.text).toMatch(/^Pay \S.* with http\S+\/payment\/process\/\S+ until \S.*\.$/);
  const [sms] = await lettersTo('+34600123123');
  expect(sms?.text).toMatch(/: pay .* here: http/);
});

test.each([
  ['claim', 'conflict', claims],
  ['claim', 'answer_lost', claims],
  ['answer', 'conflict', answers],
  ['answer', 'answer_lost', answers],
] as const)(
  'sends a link once when the commit of its %s meets a %s',
  async (name, fault, isMeant) => {
    const to = `${name}-${fault}@example.com`;
    const order = await stack.demo.createOrder();
    const seen = first(3, isMeant, fault);
    expect(await send(order.uuid, to)).toMatchObject({ status: 200, body: { delivery: true } });
    expect(seen.times).toBeGreaterThan(1);
    expect(await lettersTo(to)).toHaveLength(1);
    const again = await send(order.uuid, to);
    expect(again).toMatchObject({ status: 200, body: { delivery: true } });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(await lettersTo(to)).toHaveLength(1);
  },
);

test('says that a link was sent when its order is paid before that is written', async () => {
  const to = 'paid@example.com';
  const order = await stack.demo.createOrder();
  const card = await stack.demo.saveCard();
  let isPaid = false;
  dynamo.onTransaction(async (body) => {
    if (isPaid || !answers(body)) return 'none';
    isPaid = true;
    expect((await stack.demo.charge(order.uuid, card.uuid)).status).toBe(200);
    return 'conflict';
  });
  expect(await send(order.uuid, to)).toMatchObject({ status: 200, body: { delivery: true } });
  expect(isPaid).toBe(true);
  expect(await lettersTo(to)).toHaveLength(1);
});

test('sends no link when its claim is never written', async () => {
  const to = 'unclaimed@example.com';
  const order = await stack.demo.createOrder();
  dynamo.onTransaction((body) => (claims(body) ? 'conflict' : 'none'));
  expect((await send(order.uuid, to)).status).toBe(409);
  expect(await lettersTo(to)).toEqual([]);
  dynamo.calm();
  expect((await send(order.uuid, to)).status).toBe(200);
  expect(await lettersTo(to)).toHaveLength(1);
});
