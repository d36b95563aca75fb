import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '#infra/local/engine.ts';
import { mintObjectId, mintUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import type { Attributes } from '#store/core/items.ts';
import { LEDGER } from '#store/ledger.ts';
import { newOrder } from '#test/support/orders.ts';
import { atMost } from './goals.ts';
import { seed } from './lists.ts';
import { startServer } from './server.ts';
import { print, round } from './stats.ts';

const SIZE = Number(process.env.BENCH_BACKLOG ?? 20_000);

/** How long a notification is left to its queue, and how long filling the outbox may take. */
const GRACE_MS = 90_000;
const SEEDING_MS = 30_000;

/** Two runs of the schedule, and what a loaded machine may take. */
const STUCK_MS = 240_000;

const DEMO: Tenant = {
  merchant: '6D0C3A52-9E41-8B7F-A5D2-3C18E0947B6A',
  environment: 'sandbox',
};

/** How long notifications that never reached the queue take until the last one is delivered. */
export async function benchBacklog(): Promise<void> {
  const arrivals: number[] = [];
  const receiver = createServer((request, response) => {
    arrivals.push(performance.now());
    request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const server = await startServer({ DYNAMODB_ENDPOINT: engine.endpoint });
  await seed(engine.endpoint, dueNotifications(`http://127.0.0.1:${port}/`));
  const startedMs = performance.now();
  const usedBefore = server.cpuSeconds();
  while (arrivals.length < SIZE) {
    await sleep(1000);
    const waitedMs = performance.now() - (arrivals.at(-1) ?? startedMs);
    if (waitedMs > STUCK_MS) throw new Error(`Only ${arrivals.length} of ${SIZE} were delivered`);
  }
  const seconds = round(((arrivals[SIZE - 1] ?? 0) - (arrivals[0] ?? 0)) / 1000, 1);
  print(`A backlog of ${SIZE} notifications (BENCH_BACKLOG)`, [
    {
      seconds,
      'a second': round(SIZE / seconds),
      'our CPU, seconds': round(server.cpuSeconds() - usedBefore, 1),
      twice: arrivals.length - SIZE,
      goal: atMost(`seconds of a backlog of ${SIZE}`, seconds, 60),
    },
  ]);
  await server.stop();
  await engine.stop();
  receiver.close();
  rmSync(folder, { recursive: true });
}

function dueNotifications(url: string): Attributes[] {
  const items: Attributes[] = [];
  const order = newOrder({ notifyUrl: url });
  const dueAt = new Date(Date.now() + SEEDING_MS - GRACE_MS).toISOString();
  while (items.length < SIZE) {
    const notification: Notification = {
      id: mintObjectId(Date.now()),
      version: 1,
      url,
      order,
      state: 'due',
      createdAt: dueAt,
      dueAt,
      attempts: [],
    };
    const orderUuid = mintUuid(Date.now());
    const change = { change: 'notification', orderUuid, notification } as const;
    for (const { Put } of LEDGER.writesOf('ledger', DEMO, change)) {
      if (Put?.Item !== undefined) items.push(Put.Item);
    }
  }
  return items;
}
