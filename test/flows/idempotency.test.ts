import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMutating } from '#operation/declare/grants.ts';
import { type Effects, watchEffects } from '#test/support/effects.ts';
import { once } from '#test/support/once.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { operationOf, operations, prepare, send } from './play.ts';
import type { Scenario } from './scenario.ts';
import { scenarios, successOf } from './scenarios.ts';

let stack: Stack;
let effects: Effects;

beforeAll(async () => {
  effects = watchEffects();
  stack = await startStack({ settings: { MOTO_LINKS_PER_SECOND: '1000' }, remembers: true });
});
afterAll(async () => {
  await stack.stop();
  effects.stop();
});

const mutating = operations.filter(isMutating);

/** All examples of mutating operations, refusals of the ledger and of the acquirer included. */
const examples = scenarios.filter(
  ({ request, withoutKey }) => isMutating(operationOf(request.operation)) && withoutKey !== true,
);

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
      const prepared = await prepare(scenario, stack.demo);
      const key = keyOf(name);
      await effects.takeOf(operation);
      const first = await send(stack.demo, prepared, { key });
      expect(first.status).toBe(scenario.status);
      expect(first.headers).not.toHaveProperty('idempotent-replayed');
      // What failed validation is not kept, so it is answered anew.
      const isKept = scenario.isKept ?? !first.body.details?.startsWith('Field ');
      expect((await effects.takeOf(operation)).length > 0).toBe(isKept);
      const second = await send(stack.demo, prepared, { key });
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
