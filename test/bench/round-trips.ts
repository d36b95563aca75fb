import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '#infra/local/engine.ts';
import { BenchClient } from './client.ts';
import { type Counts, startCountingProxy } from './counting-proxy.ts';
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
  });
  await sleep(SETTLE_MS);
  const bench = new BenchClient(server.demo.paylands);
  const rows: ReturnType<typeof rowOf>[] = [];
  // Each function learns for itself who its callers are, in its first call.
  for (const [, call] of operations(server.demo.paylands.services)) await call(bench);
  for (const [operation, call] of [WARM_UP, ...operations(server.demo.paylands.services)]) {
    proxy.take();
    await call(bench);
    rows.push(rowOf(operation, proxy.take()));
  }
  print('DynamoDB per operation (the first row is what a function learns once)', rows);
  await server.stop();
  proxy.stop();
  await engine.stop();
}

type Call = readonly [string, (bench: BenchClient) => Promise<unknown>];

function operations(services: Record<string, string>): Call[] {
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
    ['createCustomer', (bench) => bench.post('customer', '/customer', { customer_ext_id })],
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
