import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMutating } from '#operation/declare/grants.ts';
import { type Effects, watchEffects } from '#test/support/effects.ts';
import { eventually } from '#test/support/eventually.ts';
import { once } from '#test/support/once.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { operationOf, operations, type Prepared, prepare, send } from './play.ts';
import type { Scenario } from './scenario.ts';
import { scenarios, successOf } from './scenarios.ts';
import { CVV, captureOutputs, secretsIn, withSecrets } from './secrets.ts';

let stack: Stack;
let effects: Effects;
let receiver: Receiver;
const outputs = captureOutputs();
/** Everything that was answered to a scenario. */
const answered: string[] = [];

beforeAll(async () => {
  effects = watchEffects();
  receiver = await startReceiver();
  stack = await startStack({
    settings: { LOG_LEVEL: 'debug', MOTO_LINKS_PER_SECOND: '1000' },
    remembers: true,
  });
});
afterAll(async () => {
  await stack.stop();
  effects.stop();
  await receiver.close();
  outputs.restore();
});

const NOTIFIED = '/all';

/** A scenario ready to send, with all that must be nowhere afterwards. */
function armed(scenario: Scenario): Promise<Prepared> {
  return prepare(withSecrets(scenario, receiver.at(NOTIFIED)), stack.demo);
}

const mutating = operations.filter(isMutating);

/** All examples of mutating operations, refusals of the ledger and of the acquirer included. */
const examples = scenarios.filter(isExample);
const others = scenarios.filter((one) => !isExample(one));

function isExample({ request, withoutKey }: Scenario): boolean {
  return isMutating(operationOf(request.operation)) && withoutKey !== true;
}

const nameOf = ({ title, request }: Scenario) => ({ name: `${request.operation}: ${title}` });

/** Titles say more than a key may. */
function keyOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

describe('a repeated key', () => {
  test.each(examples.map((scenario) => ({ scenario, ...nameOf(scenario) })))(
    'repeats the answer and nothing else when it $name',
    async ({ scenario, name }) => {
      const { operation } = scenario.request;
      const prepared = await armed(scenario);
      const key = keyOf(name);
      await effects.takeOf(operation);
      const first = await send(stack.demo, prepared, { key });
      expect(first.status).toBe(scenario.status);
      expect(first.headers).not.toHaveProperty('idempotent-replayed');
      // What failed validation is not kept, so it is answered anew.
      const isKept = scenario.isKept ?? !first.body.details?.startsWith('Field ');
      expect((await effects.takeOf(operation)).length > 0).toBe(isKept);
      const second = await send(stack.demo, prepared, { key });
      answered.push(first.text, second.text);
      expect({ status: second.status, text: second.text }).toEqual({
        status: first.status,
        text: first.text,
      });
      expect(await effects.takeOf(operation)).toEqual([]);
      expect(second.headers['idempotent-replayed']).toBe(isKept ? 'true' : undefined);
    },
  );
});

describe.each(mutating)('$name', ({ name }) => {
  /** For what is refused, and leaves it as it is. */
  const refused = once(() => prepare(successOf(name), stack.demo));

  test('refuses a key that was used with another payload', async () => {
    const prepared = await prepare(successOf(name), stack.demo);
    const key = `other-${name}`;
    expect((await send(stack.demo, prepared, { key })).status).toBe(200);
    expect(await effects.takeOf(name)).not.toEqual([]);
    const other = { ...prepared, body: { ...prepared.body, unknown_field: 1 } };
    const answer = await send(stack.demo, other, { key });
    expect(answer).toMatchObject({
      status: 422,
      body: { details: 'Idempotency-Key was used with another payload' },
    });
    expect(await effects.takeOf(name)).toEqual([]);
  });

  test.each([
    { problem: 'empty', key: '' },
    { problem: 'longer than 255', key: 'k'.repeat(256) },
    { problem: 'not ASCII', key: 'café' },
    { problem: 'with a control character', key: 'a\tb' },
  ])('refuses a key that is $problem', async ({ key }) => {
    const prepared = await refused();
    await effects.takeOf(name);
    const answer = await send(stack.demo, prepared, { key });
    expect(answer).toMatchObject({
      status: 400,
      body: { details: 'Idempotency-Key is not valid' },
    });
    expect(await effects.takeOf(name)).toEqual([]);
  });

  test('does not keep what failed authentication', async () => {
    const prepared = await refused();
    const key = `auth-${name}`;
    const wrong = { ...prepared, body: { ...prepared.body, signature: 'wrong' } };
    expect((await send(stack.demo, wrong, { key })).status).toBe(403);
    const answer = await send(stack.demo, prepared, { key });
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('idempotent-replayed');
  });
});

test('a key of 255 characters is one', async () => {
  const prepared = await prepare(successOf('createOrder'), stack.demo);
  const key = '~'.repeat(255);
  const first = await send(stack.demo, prepared, { key });
  expect((await send(stack.demo, prepared, { key })).text).toBe(first.text);
});

test('a key of one merchant means nothing to another', async () => {
  const { client } = await stack.newMerchant();
  const own = await stack.demo.post('/customer', { customer_ext_id: 'one' }, { key: 'shared' });
  const other = await client.post('/customer', { customer_ext_id: 'two' }, { key: 'shared' });
  expect(own.status).toBe(200);
  expect(other).toMatchObject({ status: 200, body: { Customer: { external_id: 'two' } } });
  expect(other.headers).not.toHaveProperty('idempotent-replayed');
});

test('a key of one operation means nothing to another', async () => {
  const order = await stack.demo.paidOrder();
  const created = await stack.demo.post('/customer', { customer_ext_id: 'x' }, { key: 'twice' });
  const refunded = await stack.demo.refund(order.uuid, 1, { key: 'twice' });
  expect([created.status, refunded.status]).toEqual([200, 200]);
});

test('two refunds with two keys are two refunds', async () => {
  const { uuid } = await stack.demo.paidOrder();
  for (const key of ['r-1', 'r-1', 'r-2', 'r-2', 'r-1'])
    await stack.demo.refund(uuid, 100, { key });
  expect((await stack.demo.order(uuid)).refunded).toBe(200);
});

test('a key is nothing to an operation that only reads', async () => {
  const prepared = await prepare(successOf('getOrder'), stack.demo);
  for (const key of ['read', 'read', '']) {
    const answer = await send(stack.demo, prepared, { key });
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('idempotent-replayed');
  }
});

test('the detector finds what it looks for', () => {
  const text = `"4548812049400004" ${CVV}, key-1 ${Date.now()} 454881****0004 4548812049400005`;
  expect(secretsIn(text, ['key-1', 'key-2'])).toEqual(['4548812049400004', CVV, 'key-1']);
});

test('no card number, CVV or credential was logged, stored, answered or notified', async () => {
  const { apiKey, signature } = stack.demo.credentials;
  for (const scenario of others) {
    const key = keyOf(nameOf(scenario).name);
    answered.push((await send(stack.demo, await armed(scenario), { key })).text);
  }
  expect(answered).toHaveLength(2 * examples.length + others.length);
  await eventually(() => expect(receiver.received(NOTIFIED).length).toBeGreaterThan(30));
  const notified = receiver.received(NOTIFIED).map(({ text }) => text);
  const items = [...(await scan('ledger')), ...(await scan('access'))];

  const logged = outputs.text();
  expect(logged).toContain('"function":"directPayment"');
  expect(items.length).toBeGreaterThan(300);
  for (const text of [logged, JSON.stringify(items), ...answered, ...notified]) {
    expect(secretsIn(text, [apiKey, signature])).toEqual([]);
  }
});
