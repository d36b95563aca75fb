import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { currencyOf } from '#administration/currency.ts';
import { addKey, addService, createMerchant } from '#administration/merchants.ts';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import { startEngine } from '#infra/local/engine.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import type { Attributes } from '#store/core/items.ts';
import { BenchClient } from './client.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { atMost } from './goals.ts';
import { listItems, TERMINAL } from './list-items.ts';
import { startServer } from './server.ts';
import { median, print, round } from './stats.ts';

/** A small and a large merchant; `BENCH_LIST_ROWS=1000000` makes the large one larger. */
export const SIZES = [1000, Number(process.env.BENCH_LIST_ROWS ?? 100_000)] as const;
const PAGES = 60;
const LIMIT = 100;

/** Pages of `GET /orders` of a small and a large merchant, at the beginning and deep inside. */
export async function benchLists(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const proxy = await startCountingProxy(engine.endpoint);
  const server = await startServer({
    DYNAMODB_ENDPOINT: proxy.url,
    ACCESS_CACHE_SECONDS: '600',
  });
  const client = dynamoClient(engine.endpoint);
  const access = new AccessStore(client, 'access', fileWrapper(`${server.dataDir}/local.key`));
  const clients: BenchClient[] = [];
  for (const size of SIZES) {
    const tenant = await newTenant(access);
    await seed(engine.endpoint, listItems('ledger', tenant, size, mintUuid));
    clients.push(await clientOf(access, tenant, server.demo.paylands.baseUrl));
  }
  await printFirstCounts(clients, proxy);
  const terminal = `&terminal=${TERMINAL}`;
  const pages = [
    await timesOf(clients, proxy, () => 0, 'first page'),
    await timesOf(clients, proxy, (size) => size * 0.9, 'page at 90 %'),
    await timesOf(clients, proxy, () => 0, 'of a terminal, first page', terminal),
    // Every tenth row is of the terminal; the last of its pages are full.
    await timesOf(
      clients,
      proxy,
      (size) => size / 10 - LIMIT,
      'of a terminal, last page',
      terminal,
    ),
  ];
  print(`GET /orders, ${LIMIT} rows a page, milliseconds (median)`, pages);
  client.destroy();
  await server.stop();
  proxy.stop();
  await engine.stop();
  rmSync(folder, { recursive: true });
}

/** What it takes whoever first looks deep into a list that nobody has counted. */
async function printFirstCounts(clients: BenchClient[], proxy: CountingProxy): Promise<void> {
  const rows = [];
  for (const [which, size] of SIZES.entries()) {
    rows.push({ rows: size, ...(await firstCount(proxy, () => isCounted(clients[which]))) });
  }
  print('GET /orders, the first reader, who counts them', rows);
}

/** Asks again while the answer is that a list is being counted. */
export async function firstCount(proxy: CountingProxy, ask: () => Promise<boolean>) {
  proxy.take();
  const startedMs = performance.now();
  let requests = 1;
  while (!(await ask())) requests += 1;
  const seconds = round((performance.now() - startedMs) / 1000);
  const { readUnits, writeUnits } = proxy.take();
  return { requests, seconds, 'read units': readUnits, 'write units': writeUnits };
}

async function isCounted(client: BenchClient | undefined): Promise<boolean> {
  try {
    await client?.get('list', '/orders?limit=1&offset=1');
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes(': 503 ')) return false;
    throw error;
  }
}

async function timesOf(
  clients: BenchClient[],
  proxy: CountingProxy,
  offsetOf: (size: number) => number,
  page: string,
  filter = '',
) {
  const samples: number[][] = SIZES.map(() => []);
  let readUnits = 0;
  for (let index = 0; index < PAGES; index += 1) {
    for (const [which, size] of SIZES.entries()) {
      proxy.take();
      const startedMs = performance.now();
      const query = `limit=${LIMIT}&offset=${offsetOf(size)}${filter}`;
      const answer = await clients[which]?.get('list', `/orders?${query}`);
      if (answer?.transactions.length !== LIMIT) throw new Error('The page is not full');
      samples[which]?.push(performance.now() - startedMs);
      readUnits = proxy.take().readUnits;
    }
  }
  const [small = 0, large = 0] = samples.map(median);
  return {
    page,
    [`${SIZES[0]} rows`]: round(small),
    [`${SIZES[1]} rows`]: round(large),
    'read units': readUnits,
    'read units, goal': atMost(`read units of GET /orders, ${page}`, readUnits, 30),
    ratio: round(large / small),
    goal: atMost(`GET /orders, ${page}`, round(large / small), 1.3),
  };
}

export async function newTenant(access: AccessStore): Promise<Tenant> {
  const { merchant } = await createMerchant(access, {
    environment: 'sandbox',
    name: 'Bench',
    timeZone: 'Europe/Madrid',
  });
  await addService(access, merchant, {
    type: 'REDSYS',
    currency: currencyOf('EUR'),
    acquirer: 'sandbox',
    terminal: null,
    partialCapture: true,
  });
  return { merchant: merchant.merchant, environment: merchant.environment };
}

async function clientOf(access: AccessStore, tenant: Tenant, baseUrl: string) {
  const { apiKey } = await addKey(access, tenant, { profiles: ['all'], pci: false, label: '' });
  return new BenchClient({ baseUrl, apiKey, signature: '', services: {}, devices: {} });
}

/** Writes rows as a year of business would have left them. */
export async function seed(endpoint: string, items: Iterable<Attributes>): Promise<void> {
  const client = dynamoClient(endpoint, { requestHandler: PATIENT });
  const batches = inBatches(items);
  const write = async () => {
    for (const batch of batches) {
      const requests = batch.map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { ledger: requests } }));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  client.destroy();
}

/** Filling takes minutes, and nothing else waits for a write. */
const PATIENT = { connectionTimeout: 60_000, requestTimeout: 60_000 };

/** How many batches are written at a time. */
const WRITERS = 16;

/** DynamoDB's limit. */
const MAX_BATCH = 25;

function* inBatches(items: Iterable<Attributes>): Generator<Attributes[]> {
  let batch: Attributes[] = [];
  for (const one of items) {
    batch.push(one);
    if (batch.length < MAX_BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
