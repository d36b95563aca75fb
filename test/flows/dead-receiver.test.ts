import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintObjectId, mintUuid } from '#ledger/core/ids.ts';
import { type Notification, refOf } from '#ledger/outbox/notification.ts';
import { eventually } from '#test/support/eventually.ts';
import { newOrder } from '#test/support/orders.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

/** Notifications that have failed at the dead receiver before, and new ones for it. */
const WAITING = Number(process.env.DEAD_RECEIVER_WAITING ?? 500);
const NEW = 100;
/** How long an attempt waits for an answer: what nobody else may wait for. */
const ATTEMPT_MS = 10_000;
/** So many notifications for a receiver in good health, one after the other. */
const HEALTHY = 40;

let stack: Stack;
let healthy: Receiver;
let dead: Server;
let asked = 0;

beforeAll(
  async () => {
    stack = await startStack({ remembers: true });
    healthy = await startReceiver();
    // It takes connections and never says a word.
    dead = createServer(() => {
      asked += 1;
    }).listen(0, '127.0.0.1');
    await once(dead, 'listening');
    await seed(WAITING, 1);
    await seed(NEW, 0);
  },
  120_000 + WAITING * 20,
);
afterAll(async () => {
  dead.closeAllConnections();
  dead.close();
  await stack.stop();
  await healthy.close();
});

/** Fills outbox and queue with notifications for the dead receiver, after so many attempts. */
async function seed(count: number, attemptsMade: number): Promise<void> {
  const { port } = dead.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const now = new Date().toISOString();
  const failed = { at: now, status: null, durationMs: ATTEMPT_MS, error: 'timeout' };
  const order = newOrder({ notifyUrl: url });
  const notifications = Array.from({ length: count }, (): Notification => {
    const attempts = Array(attemptsMade).fill(failed);
    const id = mintObjectId(Date.now());
    return { id, version: 1, url, order, state: 'due', createdAt: now, dueAt: now, attempts };
  });
  for (let start = 0; start < count; start += 80) {
    const part = notifications.slice(start, start + 80);
    const orderUuid = mintUuid(Date.now());
    const changes = part.map(
      (notification) => ({ change: 'notification', orderUuid, notification }) as const,
    );
    await stack.runtime.store.commit(stack.demoTenant, changes);
    const refs = part.map((one) => refOf(stack.demoTenant, orderUuid, one));
    // The queue is in this process too, which is at work on those that came before.
    await eventually(() => stack.runtime.publish(refs));
  }
}

test('a dead receiver does not keep the others waiting', async () => {
  const delays: number[] = [];
  for (let index = 0; index < HEALTHY; index += 1) {
    const path = `/healthy-${index}`;
    await stack.demo.paidOrder({ url_post: healthy.at(path) });
    const paidAt = performance.now();
    while (healthy.received(path).length === 0) {
      if (performance.now() - paidAt > 60_000) throw new Error('A notification did not arrive');
      await sleep(10);
    }
    delays.push(performance.now() - paidAt);
  }
  delays.sort((one, other) => one - other);
  const p95 = delays[Math.floor(HEALTHY * 0.95)] ?? Number.POSITIVE_INFINITY;
  console.log(
    `p50 ${Math.round(delays[HEALTHY / 2] ?? 0)} ms, p95 ${Math.round(p95)} ms, worst ${Math.round(delays.at(-1) ?? 0)} ms; the dead one was asked ${asked} times`,
  );
  expect(p95).toBeLessThan(ATTEMPT_MS);
  expect(asked).toBeLessThan(NEW);
}, 180_000);
