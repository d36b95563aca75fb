import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, type OrderBody } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { type LocalProcess, startProcess } from '#test/support/local-process.ts';
import { type Receiver, startReceiver } from '#test/support/receiver.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';
import { checkTotals, successes } from './check-money.ts';
import { type Bought, careful, careless, type Send, sell } from './crash-load.ts';

const KILLS = 5;
const SELLERS = 8;

/** A failure is repeated with the seed that it printed. */
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

const SETTINGS = {
  SCHEDULE_SECONDS: '0.5',
  RECOVER_AFTER_SECONDS: '2',
  SANDBOX_LATENCY_MS: '20',
  NOTIFICATION_RETRY_SECONDS: '1,1,1,1',
  LOG_LEVEL: 'silent',
};

let receiver: Receiver;
let server: LocalProcess | null = null;
const folder = temporaryFolder();

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(async () => {
  await server?.end('SIGKILL');
  await receiver.close();
  folder[Symbol.dispose]();
});

/** The same numbers for the same seed (mulberry32), from 0 to 1. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Load {
  /** How much was sold. */
  count(): number;
  /** How many requests are under way that nobody will repeat. */
  exposed(): number;
  stop(): Promise<Bought[]>;
}

/** Sellers, every second one careless, that go on until they are told to stop. */
function startLoad(client: () => Client): Load {
  const service = client().credentials.services.redsys ?? '';
  const prepare = careful(client, 120_000);
  let isOver = false;
  let count = 0;
  let exposed = 0;
  const expose: Send = async (...request) => {
    exposed += 1;
    try {
      return await careless(client)(...request);
    } finally {
      exposed -= 1;
    }
  };
  const run = async (_: unknown, number: number) => {
    const move = number % 2 === 0 ? prepare : expose;
    const seller = { name: `seller-${number}`, service, receiver, prepare, move };
    const bought: Bought[] = [];
    for (let round = 0; !isOver; round += 1) {
      bought.push(await sell(seller, round));
      count += 1;
    }
    return bought;
  };
  const sellers = Promise.all(Array.from({ length: SELLERS }, run));
  let failure: unknown = null;
  sellers.catch((error) => {
    failure = error;
  });
  return {
    count() {
      if (failure !== null) throw failure;
      return count;
    },
    exposed: () => exposed,
    async stop() {
      isOver = true;
      return (await sellers).flat();
    },
  };
}

async function start(): Promise<{ running: LocalProcess; client: Client }> {
  const running = await startProcess(folder.path, SETTINGS);
  server = running;
  return { running, client: new Client(running.demo.paylands) };
}

/** Kills the server under load, again and again. */
async function runWithKills(): Promise<{ running: LocalProcess; bought: Bought[] }> {
  const random = randomFrom(seed);
  let { running, client } = await start();
  const load = startLoad(() => client);
  for (let kill = 0; kill < KILLS; kill += 1) {
    // However slow the machine, something is sold between two kills.
    const before = load.count();
    await eventually(() => expect(load.count()).toBeGreaterThan(before + SELLERS / 2));
    await sleep(random() * 800);
    // On a slow machine all sellers prepare and move at the same time.
    await eventually(() => expect(load.exposed()).toBeGreaterThan(0));
    await running.end('SIGKILL');
    ({ running, client } = await start());
  }
  return { running, bought: await load.stop() };
}

const isPending = ({ status, transactions }: OrderBody) =>
  status === 'PENDING_PROCESSOR_RESPONSE' || transactions.some((one) => one.status === 'PENDING');

/** All orders, when the recovery is done with everything that was left behind. */
async function settledOrders(client: Client, uuids: readonly string[]): Promise<OrderBody[]> {
  let orders: OrderBody[] = [];
  const read = async () => {
    orders = await Promise.all(uuids.map((uuid) => client.order(uuid)));
    return orders.filter(isPending).map((order) => order.uuid);
  };
  await eventually(async () => expect(await read()).toEqual([]));
  return orders;
}

/** Whoever was told something of an order can rely on it. */
function checkPromises(orders: readonly OrderBody[], bought: readonly Bought[]): void {
  const byUuid = new Map(orders.map((order) => [order.uuid, order]));
  for (const { order, told } of bought) {
    if (told !== null) expect(byUuid.get(order)).toMatchObject(told);
  }
}

/** The final state of every order reached its merchant. */
async function checkNotified(orders: readonly OrderBody[]): Promise<void> {
  for (const { customer, status, uuid } of orders) {
    if (status === 'CREATED') continue;
    await eventually(() => {
      const told = receiver.received(`/${customer}`).map(({ order }) => order);
      expect(told).toContainEqual(expect.objectContaining({ uuid, status }));
    });
  }
}

test(`kills at random moments lose nothing (CRASH_SEED=${seed})`, {
  timeout: 400_000,
}, async () => {
  const { running, bought } = await runWithKills();
  const abandoned = bought.filter(({ told }) => told === null);
  expect(bought.length - abandoned.length).toBeGreaterThan(SELLERS);
  expect(abandoned.length).toBeGreaterThan(0);

  const client = new Client(running.demo.paylands);
  const uuids = bought.map(({ order }) => order);
  const orders = await settledOrders(client, uuids);
  // The demo merchant has rows of its own.
  const rows = (await client.rows()).filter((row) => uuids.includes(row.orderUUID));
  for (const order of orders) {
    checkTotals(order, rows);
    expect(successes(order, 'AUTHORIZATION', 'DEFERRED').length).toBeLessThanOrEqual(1);
  }
  expect(rows).toHaveLength(orders.reduce((sum, one) => sum + one.transactions.length, 0));
  checkPromises(orders, bought);
  await checkNotified(orders);
  expect(await running.end('SIGTERM')).toBe(0);
});
