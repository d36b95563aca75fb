import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PaylandsDeclaration } from '#operation/declare/declaration.ts';
import { isMutating } from '#operation/declare/grants.ts';
import { scan, settledScan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { operationOf, operations, prepare, send } from './play.ts';
import type { Scenario } from './scenario.ts';
import { scenarios, successOf } from './scenarios.ts';

let stack: Stack;

beforeAll(async () => {
  // A payment that is accepted in the meantime would change what is compared.
  stack = await startStack({
    settings: { SANDBOX_PUSH_SECONDS: '900', MOTO_LINKS_PER_SECOND: '1000' },
  });
});
afterAll(() => stack.stop());

const mutating = operations.filter(isMutating);

/** All examples of mutating operations, refusals of the ledger and of the acquirer included. */
const examples = scenarios.filter(
  ({ request, withoutKey }) => isMutating(operationOf(request.operation)) && withoutKey !== true,
);

const nameOf = ({ title, request }: Scenario) => ({ name: `${request.operation}: ${title}` });

/** Campaigns of earlier tests are still being sent. */
function withoutCampaigns(items: Awaited<ReturnType<typeof scan>>) {
  return new Map([...items].filter(([key]) => !key.includes('#CAMPAIGN')));
}

/** Titles say more than a key may. */
function keyOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** What an operation leaves to a job changes the ledger for a moment after its answer. */
function scanned({ tag }: PaylandsDeclaration) {
  return ['Batch', 'MoTo campaigns', 'Terminals'].includes(tag)
    ? settledScan('ledger')
    : scan('ledger');
}

describe('a repeated key', () => {
  test.each(examples.map((scenario) => ({ scenario, ...nameOf(scenario) })))(
    'repeats the answer and nothing else when it $name',
    async ({ scenario, name }) => {
      const prepared = await prepare(scenario, stack.demo);
      const key = keyOf(name);
      const first = await send(stack.demo, prepared, { key });
      expect(first.status).toBe(scenario.status);
      expect(first.headers).not.toHaveProperty('idempotent-replayed');
      const before = await scanned(operationOf(scenario.request.operation));
      const second = await send(stack.demo, prepared, { key });
      expect({ status: second.status, text: second.text }).toEqual({
        status: first.status,
        text: first.text,
      });
      expect(await scan('ledger')).toEqual(before);
      // What failed validation is not kept, so it was answered anew.
      const isKept = scenario.isKept ?? !first.body.details?.startsWith('Field ');
      expect(second.headers['idempotent-replayed']).toBe(isKept ? 'true' : undefined);
    },
  );
});

describe.each(mutating)('$name', ({ name }) => {
  test('refuses a key that was used with another payload', async () => {
    const prepared = await prepare(successOf(name), stack.demo);
    const key = `other-${name}`;
    expect((await send(stack.demo, prepared, { key })).status).toBe(200);
    const before = withoutCampaigns(await scanned(operationOf(name)));
    const other = { ...prepared, body: { ...prepared.body, unknown_field: 1 } };
    const answer = await send(stack.demo, other, { key });
    expect(answer).toMatchObject({
      status: 422,
      body: { details: 'Idempotency-Key was used with another payload' },
    });
    expect(withoutCampaigns(await scan('ledger'))).toEqual(before);
  });

  test.each([
    { problem: 'empty', key: '' },
    { problem: 'longer than 255', key: 'k'.repeat(256) },
    { problem: 'not ASCII', key: 'café' },
    { problem: 'with a control character', key: 'a\tb' },
  ])('refuses a key that is $problem', async ({ key }) => {
    const prepared = await prepare(successOf(name), stack.demo);
    const before = await scanned(operationOf(name));
    const answer = await send(stack.demo, prepared, { key });
    expect(answer).toMatchObject({
      status: 400,
      body: { details: 'Idempotency-Key is not valid' },
    });
    expect(await scan('ledger')).toEqual(before);
  });

  test('does not keep what failed authentication', async () => {
    const prepared = await prepare(successOf(name), stack.demo);
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
