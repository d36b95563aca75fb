import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceWork, tapDevice } from '#administration/device-taps.ts';
import { eventually } from '#test/support/eventually.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkHash, replay } from './replay.ts';
import { sdks } from './sdks.ts';
import { shops } from './shops.ts';
import { tills } from './tills.ts';

/** What clients that others wrote send and read, step by step; written from the contract. */
let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await startStack({
    settings: { SANDBOX_PUSH_SECONDS: '900', SANDBOX_DEVICE_SECONDS: '900' },
    scheduleSeconds: 0.3,
  });
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

/** Accepts what the terminal works on, if it does. */
async function tap(): Promise<void> {
  const { runtime, demo, demoTenant } = stack;
  const device = demo.credentials.devices?.simulation ?? '';
  const work = await deviceWork(runtime, demoTenant, device);
  if (work === null) return;
  const { uuid: transaction } = work.transaction;
  await tapDevice(runtime, demoTenant, { device, transaction, tap: 'accept' });
}

test.each([...shops, ...sdks, ...tills])('$client', (client) => {
  return replay(client, stack.demo.credentials, receiver, tap);
});

describe('a notification passes', () => {
  test.each(['as JavaScript writes JSON', 'as PHP writes what it has read'] as const)(
    'the check of the hash %s',
    async (kind) => {
      const path = `/${kind.length}`;
      await stack.demo.paidOrder({
        url_post: receiver.at(path),
        additional: 'Camión / 7 "ñ" 😀',
        extra_data: { profile: { first_name: 'Zoë', phone: [] }, list: [{}, { url: 'a/b' }] },
      });
      await eventually(() => expect(receiver.received(path)).toHaveLength(1));
      const [{ text } = { text: '' }] = receiver.received(path);
      checkHash(JSON.parse(text), kind, stack.demo.credentials.signature);
    },
  );
});
