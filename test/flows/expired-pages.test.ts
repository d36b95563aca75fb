import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeMerchant } from '#administration/merchants.ts';
import { addTemplate } from '#administration/templates.ts';
import { APPROVED_PAN } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  stack = await startStack();
  receiver = await startReceiver();
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

/** The issuer wants its buyer to authenticate. */
const SOFT_DECLINE = '5223798193659108';

test.each(['process', 'tokenized', 'bizum', 'checkout'])(
  'an authentication that was abandoned ends when its %s page is opened',
  async (page) => {
    const { client, tenant } = await stack.newMerchant({ type: 'PAYLANDS', testClock: true });
    const fields = {
      service: client.credentials.services.paylands,
      reference: 'invoice',
      url_post: receiver.at(`/${page}`),
    };
    const order = await client.createOrder(fields);
    const card = await client.saveCard({ card_pan: SOFT_DECLINE });
    expect((await client.charge(order.uuid, card.uuid)).status).toBe(303);
    await changeMerchant(stack.runtime.access, tenant, () => ({ clockOffsetMs: 3_600_000 }));

    const address = `${stack.url}/v1/sandbox/payment/${page}/${order.token}`;
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.status).toBe(200);
    expect((await client.order(order.uuid)).status).toBe('THREEDS_EXPIRED');
    await eventually(() => {
      const statuses = receiver.received(`/${page}`).map(({ order }) => order.status);
      expect(statuses).toEqual(['THREEDS_EXPIRED']);
    });
    // The reference is free again.
    const again = await client.createOrder({ ...fields, url_post: null });
    const approved = await client.saveCard({ card_pan: '5590337536718399' });
    expect((await client.charge(again.uuid, approved.uuid)).body.order.status).toBe('SUCCESS');
  },
);

test('the card frame looks as its template says', async () => {
  const { body } = await stack.demo.post('/customer', { customer_ext_id: 'framed' });
  const draft = { name: 'Frame', accent: '#aa0000', logo: null };
  const template = await addTemplate(stack.runtime.templates, stack.demoTenant, draft);
  const query = new URLSearchParams({
    token: body.Customer.token,
    origin: 'https://shop.example',
    template: template.uuid,
  });
  const answer = await fetch(`${stack.url}/v1/sandbox/cards/frame?${query}`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('#aa0000');
});

test('a one-step payment is notified', async () => {
  const { client } = await stack.newMerchant();
  const answer = await client.post('/charge', {
    amount: 1000,
    operative: 'AUTHORIZATION',
    description: 'One step',
    service: client.credentials.services.redsys,
    customer_ext_id: 'customer',
    card_holder: 'Jane Doe',
    card_pan: APPROVED_PAN,
    card_expiry_month: '12',
    card_expiry_year: '34',
    url_post: receiver.at('/one-step'),
  });
  expect(answer.body.order.status).toBe('SUCCESS');
  await eventually(() => expect(receiver.received('/one-step')).toHaveLength(1));
});
