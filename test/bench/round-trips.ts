import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '#infra/local/engine.ts';
import { startReceiver } from '#test/support/receiver.ts';
import { BenchClient } from './client.ts';
import { type CountingProxy, type Counts, startCountingProxy } from './counting-proxy.ts';
import { atMost } from './goals.ts';
import { startServer } from './server.ts';
import { print } from './stats.ts';

/** The schedules run once when the server starts. */
const SETTLE_MS = 1000;

/** The call in which what is known of the caller is read and kept. */
const WARM_UP = ['access', (bench: BenchClient) => bench.get('access', '/')] as const;

/** Round trips to DynamoDB and consumed capacity of each operation, one at a time. */
export async function benchRoundTrips(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const proxy = await startCountingProxy(engine.endpoint);
  const server = await startServer({
    DYNAMODB_ENDPOINT: proxy.url,
    ACCESS_CACHE_SECONDS: '600',
    SCHEDULE_SECONDS: '600',
    SANDBOX_DEVICE_SECONDS: '0',
  });
  await sleep(SETTLE_MS);
  const bench = new BenchClient(server.demo.paylands);
  const rows: (ReturnType<typeof rowOf> & { goal: string })[] = [];
  // Each function learns for itself who its callers are, in its first call.
  const { services, devices } = server.demo.paylands;
  for (const [, call] of operations(services, devices.simulation)) await call(bench);
  for (const [operation, call] of [WARM_UP, ...operations(services, devices.simulation)]) {
    proxy.take();
    await call(bench);
    const counts = proxy.take();
    rows.push({ ...rowOf(operation, counts), goal: goalOf(operation, counts) });
  }
  print('DynamoDB per operation (the first row is what a function learns once)', rows);
  await benchFullPayment(bench, proxy, services.redsys);
  await server.stop();
  proxy.stop();
  await engine.stop();
}

/** The most write units of what is done most often. */
const WRITE_UNITS: Record<string, number> = {
  createOrder: 8,
  saveCard: 4,
  directPayment: 24,
  refundPayment: 14,
};

function goalOf(operation: string, { writeUnits }: Counts): string {
  const most = WRITE_UNITS[operation];
  return most === undefined ? '' : atMost(`write units of ${operation}`, writeUnits, most);
}

/** List prices of a million units on demand, in dollars. */
const PRICES = { write: 0.625, read: 0.125 };

/** An order with a reference, paid with keys by a card that is known, and notified. */
async function benchFullPayment(
  bench: BenchClient,
  proxy: CountingProxy,
  service: string | undefined,
): Promise<void> {
  const receiver = await startReceiver();
  const pay = async () => {
    const customer_ext_id = randomUUID();
    const saved = await bench.post('saveCard', '/payment-method/card', {
      ...CARD,
      customer_ext_id,
    });
    proxy.take();
    const path = `/${randomUUID()}`;
    const order = {
      amount: 1000,
      operative: 'AUTHORIZATION',
      description: 'Bench',
      customer_ext_id,
      service,
      reference: randomUUID(),
      url_post: receiver.at(path),
    };
    const created = await bench.post('createOrder', '/payment', order, randomUUID());
    const { uuid: order_uuid } = created.order;
    const card_uuid = saved.Source.uuid;
    await bench.post('charge', '/payment/direct', { order_uuid, card_uuid }, randomUUID());
    while (receiver.received(path).length === 0) await sleep(20);
    await sleep(SETTLE_MS);
    return proxy.take();
  };
  // What the job learns once about the merchant is not counted.
  await pay();
  const counts = await pay();
  const { readUnits, writeUnits } = counts;
  const dollars = writeUnits * PRICES.write + readUnits * PRICES.read;
  const row = rowOf('create and charge', counts);
  print('A full payment: key, reference and notification', [
    { ...row, goal: atMost('write units of a full payment', writeUnits, 40) },
    {
      operation: 'dollars a million, at list price',
      'write units': Math.round(dollars * 10) / 10,
      goal: atMost('dollars of a million full payments', dollars, 30),
    },
  ]);
  await receiver.close();
}

type Call = readonly [string, (bench: BenchClient) => Promise<unknown>];

function operations(services: Record<string, string>, device: string | undefined): Call[] {
  const customer_ext_id = randomUUID();
  const order = { amount: 1000, description: 'Bench', customer_ext_id, service: services.redsys };
  let card_uuid = '';
  let order_uuid = '';
  const create = async (bench: BenchClient, operative: string) => {
    const created = await bench.post('createOrder', '/payment', { ...order, operative });
    order_uuid = created.order.uuid;
  };
  const charge = (bench: BenchClient) =>
    bench.post('directPayment', '/payment/direct', { order_uuid, card_uuid });
  return [
    ['createOrder', (bench) => create(bench, 'AUTHORIZATION')],
    [
      'saveCard',
      async (bench) => {
        const saved = await bench.post('saveCard', '/payment-method/card', {
          ...CARD,
          customer_ext_id,
        });
        card_uuid = saved.Source.uuid;
      },
    ],
    ['directPayment', charge],
    ['refundPayment', (bench) => bench.post('refundPayment', '/payment/refund', { order_uuid })],
    ['createOrder (hold)', (bench) => create(bench, 'DEFERRED')],
    ['directPayment (hold)', charge],
    ['confirmPayment', (bench) => bench.post('confirm', '/payment/confirmation', { order_uuid })],
    ['getOrder', (bench) => bench.get('getOrder', `/order/${order_uuid}`)],
    ['getCard', (bench) => bench.get('getCard', `/payment-method/card/${card_uuid}`)],
    ['listCustomerCards', (bench) => bench.get('cards', `/customer/${customer_ext_id}/cards`)],
    ['listTransactions', (bench) => bench.get('list', '/orders?limit=100')],
    ...atDevice(device),
    ['createCustomer', (bench) => bench.post('customer', '/customer', { customer_ext_id })],
  ];
}

/** What a terminal reads comes a moment later, from a queue. */
const TERMINAL_MS = 1500;

/** Operations of terminals, each with what the terminal answers. */
function atDevice(device: string | undefined): Call[] {
  let order_uuid = '';
  const sale = { device, amount: 1000, description: 'Bench' };
  const begin = async (bench: BenchClient, path: string) => {
    const { order } = await bench.post(path, `/posms/${path}`, sale);
    order_uuid = order.uuid;
    await sleep(TERMINAL_MS);
  };
  const end = async (bench: BenchClient, path: string) => {
    await bench.post(path, `/posms/${path}`, { device, order_uuid });
    await sleep(TERMINAL_MS);
  };
  return [
    ['posPayment', (bench) => begin(bench, 'payment')],
    ['posRefund', (bench) => end(bench, 'refund')],
    ['posPreauth', (bench) => begin(bench, 'preauth')],
    ['posPreauthConfirm', (bench) => end(bench, 'preauth/confirm')],
  ];
}

const CARD = {
  card_holder: 'Jane Doe',
  card_pan: '4548812049400004',
  card_expiry_month: '12',
  card_expiry_year: '34',
};

/** What an operation costs. */
export function rowOf(operation: string, counts: Counts) {
  const calls = Object.entries(counts.calls).map(([name, times]) => `${times} ${name}`);
  return {
    operation,
    'round trips': calls.join(' + ') || 'none',
    'read units': counts.readUnits,
    'write units': counts.writeUnits,
  };
}
