import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sendMessages from '#functions/schedules/send-messages.ts';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import { afterSending, beforeAttempt, type Message } from '#ledger/outbox/message.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { paylandsOf } from '#test/highlevel/support/paylands.ts';
import { AMOUNT, SALE, TEA_PRICE, TEE_PRICE } from '#test/highlevel/support/purchase.ts';
import { eventually } from '#test/support/eventually.ts';
import { invoke } from '#test/support/invoke.ts';

let face: Face;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());

const run = () => invoke(sendMessages);

function letters(): { to: string; subject: string; text: string }[] {
  const file = readFileSync(process.env.MAILBOX_FILE ?? '', 'utf8');
  return file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('a buyer is told once what was sent, and how to follow it', async () => {
  const location = await face.newLocation();
  const paylands = await paylandsOf(face.url, location.tenant);
  const order = await paylands.createOrder({ amount: AMOUNT, extra_data: { highlevel: SALE } });
  const path = `/payments/orders/${objectIdFromUuid(order.uuid)}/fulfillments`;
  const fulfill = (...items: object[]) =>
    face.call(location.pit, `POST ${path}`, {
      body: {
        altId: location.id,
        altType: 'location',
        trackings: [{ shippingCarrier: 'FedEx', trackingNumber: '40012345678' }],
        items,
        notifyCustomer: true,
      },
    });
  await fulfill({ priceId: TEE_PRICE, qty: 2 });
  await Promise.all([run(), run()]);
  await eventually(async () => {
    expect(await face.messages(location.tenant, order.uuid)).toMatchObject([
      { state: 'sent', dueAt: null },
    ]);
  });
  await run();
  expect(letters().filter((letter) => letter.to === 'maxwell@shop.example')).toMatchObject([
    {
      subject: 'Test has sent your order',
      text: 'This is on its way to you:\n2 × Classic tee - XL\n\nYou can follow it:\nFedEx 40012345678',
    },
  ]);
  // What is sent later comes by itself.
  await fulfill({ priceId: TEA_PRICE, qty: 1 });
  await run();
  const texts = letters()
    .filter((letter) => letter.to === 'maxwell@shop.example')
    .map(({ text }) => text);
  expect(texts).toEqual([
    expect.stringContaining('Classic tee'),
    expect.stringContaining('Tea club'),
  ]);
});

test('a message that cannot be sent is tried again, and given up in the end', () => {
  let message: Message = {
    id: '6'.repeat(24),
    version: 1,
    kind: 'order_fulfilled',
    to: 'buyer@shop.example',
    order: 'ORDER',
    createdAt: '',
    state: 'due',
    dueAt: '',
    attempts: 0,
  };
  const states = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    message = beforeAttempt(message, 0);
    states.push([message.state, message.dueAt]);
  }
  expect(states).toEqual([
    ['due', '1970-01-01T00:05:00.000Z'],
    ['due', '1970-01-01T01:00:00.000Z'],
    ['due', '1970-01-01T06:00:00.000Z'],
    ['given_up', null],
  ]);
  expect(afterSending(message)).toMatchObject({ state: 'sent', dueAt: null, version: 6 });
});
