import { afterAll, beforeAll, expect, test } from 'vitest';
import { APPROVED_PAN, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { httpCall } from '#test/support/http-call.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await startStack({});
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

/** Submits what the card frame does, with a service to validate the card with. */
async function submit(fields: Record<string, string>) {
  const { credentials } = stack.demo;
  const { Customer } = expected(
    await stack.demo.post('/customer', { customer_ext_id: 'frame' }),
  ) as unknown as { Customer: { token: string } };
  const card = {
    token: Customer.token,
    card_pan: APPROVED_PAN,
    card_expiry_month: '12',
    card_expiry_year: '34',
    card_cvv: '123',
  };
  return httpCall(`${credentials.baseUrl}/cards/save/frame`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...card, ...fields }).toString(),
  });
}

test('url_post of a card of the frame is told what came of its validation', async () => {
  const service = stack.demo.credentials.services.redsys ?? '';
  const url_post = receiver.at('/frame');
  const answer = await submit({ validate: 'true', service, url_post });
  expect(answer.status, answer.text).toBe(200);
  const { Source } = JSON.parse(answer.text);
  await eventually(() => expect(receiver.received('/frame')).toHaveLength(1));
  const [told] = receiver.received('/frame');
  expect(told?.text).toContain(Source.uuid);
});

test('a url_post that is none is refused, and an empty one is none', async () => {
  const answer = await submit({ url_post: 'ftp://example.com' });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('url_post');
  expect((await submit({ url_post: '' })).status).toBe(200);
});
