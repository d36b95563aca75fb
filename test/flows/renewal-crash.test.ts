import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { Client } from '#test/support/client.ts';
import { type LocalProcess, startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const SUBSCRIPTIONS = 40;
const KILLS = 4;

/** The acquirer takes so long that a kill mostly comes between a charge and its record. */
const SETTINGS = {
  SCHEDULE_SECONDS: '0.5',
  RECOVER_AFTER_SECONDS: '2',
  SANDBOX_LATENCY_MS: '700',
  LOG_LEVEL: 'silent',
};

/** Enough to subscribe all of them before the first charge is due. */
const FIRST_AFTER_MS = 15_000;

const folder = temporaryFolder();
let server: LocalProcess | null = null;

afterAll(async () => {
  await server?.end('SIGKILL');
  folder[Symbol.dispose]();
});

async function start(settings: Record<string, string> = {}): Promise<LocalProcess> {
  server = await startProcess(folder.path, { ...SETTINGS, ...settings });
  return server;
}

interface Row {
  status: string;
  additional: string | null;
}

interface Payment {
  subscription: string;
  number: number;
  status: string;
}

/** Subscribes customers to a plan whose first charges are all due at the same moment. */
async function subscribeAll(client: Client, initial_date: string): Promise<void> {
  const card = await client.saveCard();
  const post = async (path: string, body: object) => {
    const answer = await client.post(`/subscriptions/${path}`, body);
    expect(answer.status, answer.text).toBe(200);
  };
  await post('product', { name: 'Paper', external_id: 'paper', notification_url: null });
  const period = { interval: 1, interval_type: 'MONTHLY' };
  await post('plan', { name: 'Paper', external_id: 'p', product: 'paper', amount: 499, ...period });
  for (let index = 0; index < SUBSCRIPTIONS; index += 1) {
    await post('subscription', {
      plan: 'p',
      customer: `subscriber-${index}`,
      initial_date,
      additional_data: {
        operative: 'AUTHORIZATION',
        source_uuid: card.uuid,
        customer_ext_id: 'customer',
        service: client.credentials.services.redsys,
        additional: `renewal-${index}`,
      },
      total_payment_number: 12,
      payment_attempts_limit: 3,
    });
  }
}

/** What became of the charges, by what each order says of its subscription. */
async function charges(client: Client): Promise<string[]> {
  const { body } = await client.get('/orders?limit=1000');
  const { transactions } = body as unknown as { transactions: Row[] };
  const rows = transactions.filter((one) => one.additional?.startsWith('renewal-'));
  return rows
    .filter(({ status }) => status === 'SUCCESS')
    .map(({ additional }) => additional ?? '');
}

/** How many charges the subscriptions themselves have recorded as paid. */
async function paidPayments(client: Client): Promise<number> {
  const { body } = await client.get('/subscriptions/payments?limit=1000');
  const { payments } = body as unknown as { payments: Payment[] };
  return payments.filter(({ status }) => status === 'PAID').length;
}

test(`renewals are charged once though the server is killed ${KILLS} times`, async () => {
  // The first kill comes in the middle, however slow the machine.
  let running = await start({ SANDBOX_LATENCY_MS: '3000' });
  const client = () => new Client(running.demo.paylands);
  const dueAtMs = Date.now() + FIRST_AFTER_MS;
  await subscribeAll(client(), new Date(dueAtMs).toISOString());
  expect(await charges(client())).toEqual([]);
  await sleep(dueAtMs - Date.now());
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await sleep(800 + Math.random() * 700);
    if (kill === 1) expect((await charges(client())).length).toBeLessThan(SUBSCRIPTIONS);
    await running.end('SIGKILL');
    running = await start();
  }
  // A claim of the killed server holds its subscription back until it ends.
  while ((await paidPayments(client())) < SUBSCRIPTIONS) await sleep(500);
  await sleep(5000);
  const charged = await charges(client());
  expect(charged.length).toBe(SUBSCRIPTIONS);
  expect(new Set(charged).size).toBe(SUBSCRIPTIONS);
  expect(await paidPayments(client())).toBe(SUBSCRIPTIONS);
  expect(await running.end('SIGTERM')).toBe(0);
}, 400_000);
