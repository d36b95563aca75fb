import { createAccount, issueToken } from '#administration/locations.ts';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import { SCOPES } from '#faces/highlevel/scopes.ts';
import { startEngine } from '#infra/local/engine.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Change } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { LocationStore } from '#store/access/location-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { CARD, newOrder } from '#test/support/orders.ts';
import { atMost } from './goals.ts';
import { entryAt, itemsOf } from './list-items.ts';
import { newTenant, seed } from './lists.ts';
import { startServer } from './server.ts';
import { median, print, round } from './stats.ts';

const SIZES = [1000, 100_000];
const PAGES = 40;
const LIMIT = 100;

/** A location of so many orders, each of which is paid. */
interface Location {
  id: string;
  token: string;
  size: number;
}

/** Pages of the lists of the HighLevel face, with their totals, of a small and a large location. */
export async function benchHighLevelLists(): Promise<void> {
  const engine = await startEngine(null);
  const server = await startServer({
    DYNAMODB_ENDPOINT: engine.endpoint,
    ACCESS_CACHE_SECONDS: '600',
  });
  const client = dynamoClient(engine.endpoint);
  const access = new AccessStore(client, 'access', fileWrapper(`${server.dataDir}/local.key`));
  const locations: Location[] = [];
  for (const size of SIZES) {
    const tenant = await newTenant(access);
    await seed(client, itemsOf('ledger', tenant, size, changesAt));
    locations.push(await newLocation(new LocationStore(client, 'access'), tenant, size));
  }
  for (const list of ['orders', 'transactions']) {
    const pages = [];
    for (const [page, part] of Object.entries({ first: 0, middle: 0.5, last: 1 })) {
      pages.push(await timesOf(server.demo.url, locations, list, page, part));
    }
    print(`GET /payments/${list}, ${LIMIT} rows a page with the total, ms (median)`, pages);
  }
  client.destroy();
  await server.stop();
  await engine.stop();
}

/** An order that was paid by card at once. */
function changesAt(timeMs: number): Change[] {
  const uuid = mintUuid(timeMs);
  const at = new Date(timeMs).toISOString();
  const made = newOrder({ uuid, createdAt: at, updatedAt: at });
  const entry = entryAt(made, mintUuid(timeMs), timeMs);
  const order: Order = {
    ...made,
    status: 'paid',
    captured: made.amount,
    transactions: [entry.transaction],
    cards: { [CARD.uuid]: CARD },
    standings: [{ since: at, stage: 'completed', payment: 'paid' }],
  };
  const payment = { channelType: 'external', channelSubType: null };
  return [
    { change: 'order', order, due: { kind: 'none' }, testClock: false },
    { change: 'listed', entry, payment, at },
  ];
}

async function newLocation(
  locations: LocationStore,
  tenant: Tenant,
  size: number,
): Promise<Location> {
  const draft = { ...tenant, type: 'location' as const, name: 'Bench', company: null };
  const { id } = await createAccount(locations, draft);
  const given = { account: id, app: null, scopes: SCOPES, label: 'bench' };
  return { id, size, token: (await issueToken(locations, given)).token };
}

async function timesOf(
  url: string,
  locations: readonly Location[],
  list: string,
  page: string,
  part: number,
) {
  const samples = new Map<Location, number[]>(locations.map((one) => [one, []]));
  for (let index = 0; index < PAGES; index += 1) {
    for (const location of locations) {
      const offset = Math.max(0, Math.floor(location.size * part) - (part === 1 ? LIMIT : 0));
      const startedMs = performance.now();
      await readPage(url, location, list, offset);
      samples.get(location)?.push(performance.now() - startedMs);
    }
  }
  const [small = 0, large = 0] = [...samples.values()].map(median);
  return {
    page,
    '1,000 orders': round(small),
    '100,000 orders': round(large),
    ratio: round(large / small),
    goal: atMost(`GET /payments/${list}, ${page}`, round(large / small), 1.3),
  };
}

async function readPage(url: string, location: Location, list: string, offset: number) {
  const query = `altId=${location.id}&altType=location&limit=${LIMIT}&offset=${offset}`;
  const reply = await fetch(`${url}/payments/${list}?${query}`, {
    headers: { authorization: `Bearer ${location.token}`, version: '2021-07-28' },
  });
  const { data, totalCount } = (await reply.json()) as { data: unknown[]; totalCount: number };
  if (data.length !== LIMIT || totalCount !== location.size) {
    throw new Error(`The page has ${data.length} of ${totalCount}`);
  }
}
