import { afterAll, beforeAll, expect, test } from 'vitest';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const PAN = '4548812049400004';

function order(fields: object, key?: string) {
  const draft = {
    amount: 1000,
    operative: 'AUTHORIZATION',
    description: 'Test',
    customer_ext_id: 'customer',
    service: stack.demo.credentials.services.redsys,
    ...fields,
  };
  return stack.demo.post('/payment', draft, key === undefined ? {} : { key });
}

test.each(['customer_ext_id', 'reference'])('%s that is a card number is refused', async (name) => {
  const answer = await order({ [name]: PAN });
  expect(answer).toMatchObject({ status: 400, body: { details: expect.stringContaining(name) } });
  expect(answer.text).not.toContain(PAN);
});

test('an idempotency key that is a card number is refused', async () => {
  expect(await order({}, PAN)).toMatchObject({ status: 400 });
});

test.each([
  ['description', { description: `card ${PAN}` }],
  ['additional', { additional: '4548 8120 4940 0004' }],
  ['extra_data', { extra_data: { note: PAN } }],
])('a card number in %s is taken, and masked', async (_, fields) => {
  const answer = await order(fields);
  expect(answer.status).toBe(200);
  const { uuid } = answer.body.order;
  const { order: kept } = await stack.runtime.store.read(stack.demoTenant, { order: uuid });
  expect(JSON.stringify(kept)).toContain('****0004');
  for (const text of [answer.text, JSON.stringify(kept)]) {
    expect(text.replaceAll(' ', '')).not.toContain(PAN);
  }
});

test.each(['/payment/refund', '/payment/confirmation'])(
  '%s of an empty amount returns nothing at all',
  async (path) => {
    const { uuid } = await stack.demo.paidOrder();
    const answer = await stack.demo.post(path, { order_uuid: uuid, amount: '' });
    expect(answer).toMatchObject({
      status: 400,
      body: { details: expect.stringContaining('amount') },
    });
    expect(await stack.demo.order(uuid)).toMatchObject({ status: 'SUCCESS', refunded: 0 });
  },
);

test('the token of a customer is repeated to who asks again, and nowhere in clear', async () => {
  const ask = () => stack.demo.post('/customer', { customer_ext_id: 'secret' }, { key: 'token' });
  const first = await ask();
  const again = await ask();
  expect(again.text).toBe(first.text);
  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
  const { Customer } = first.body as unknown as { Customer: { token: string } };
  expect(Customer.token).toMatch(/^[0-9a-f]{128}$/);
  const kept = JSON.stringify([...(await scan('ledger'))]);
  expect(kept).toContain('customer_token'.toUpperCase());
  expect(kept).not.toContain(Customer.token);
});
