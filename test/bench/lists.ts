import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
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
import { atMost } from './goals.ts';
import { listItems } from './list-items.ts';
import { startServer } from './server.ts';
import { median, print, round } from './stats.ts';

const SIZES = [1000, 100_000];
const PAGES = 60;
const LIMIT = 100;

/** Pages of `GET /orders` of a small and a large merchant, at the beginning and deep inside. */
export async function benchLists(): Promise<void> {
  const engine = await startEngine(null);
  const server = await startServer({
    DYNAMODB_ENDPOINT: engine.endpoint,
    ACCESS_CACHE_SECONDS: '600',
  });
  const client = dynamoClient(engine.endpoint);
  const access = new AccessStore(client, 'access', fileWrapper(`${server.dataDir}/local.key`));
  const clients: BenchClient[] = [];
  for (const size of SIZES) {
    const tenant = await newTenant(access);
    await seed(client, listItems('ledger', tenant, size, mintUuid));
    clients.push(await clientOf(access, tenant, server.demo.paylands.baseUrl));
  }
  const pages = [
    await timesOf(clients, () => 0, 'first page'),
    await timesOf(clients, (size) => size * 0.9, 'page at 90 %'),
  ];
  print(`GET /orders, ${LIMIT} rows a page, milliseconds (median)`, pages);
  client.destroy();
  await server.stop();
  await engine.stop();
}

async function timesOf(clients: BenchClient[], offsetOf: (size: number) => number, page: string) {
  const samples: number[][] = SIZES.map(() => []);
  for (let index = 0; index < PAGES; index += 1) {
    for (const [which, size] of SIZES.entries()) {
      const startedMs = performance.now();
      const offset = offsetOf(size);
      const answer = await clients[which]?.get('list', `/orders?limit=${LIMIT}&offset=${offset}`);
      if (answer?.transactions.length !== LIMIT) throw new Error('The page is not full');
      samples[which]?.push(performance.now() - startedMs);
    }
  }
  const [small = 0, large = 0] = samples.map(median);
  return {
    page,
    '1,000 rows': round(small),
    '100,000 rows': round(large),
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
export async function seed(client: DynamoDBClient, items: readonly Attributes[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25 * 16) {
    const batches = Array.from({ length: 16 }, (_, index) =>
      items.slice(start + index * 25, start + (index + 1) * 25),
    );
    await Promise.all(
      batches
        .filter((batch) => batch.length > 0)
        .map((batch) => {
          const requests = batch.map((Item) => ({ PutRequest: { Item } }));
          return client.send(new BatchWriteItemCommand({ RequestItems: { ledger: requests } }));
        }),
    );
  }
}
