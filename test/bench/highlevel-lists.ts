import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccount, issueToken } from '#administration/locations.ts';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import { SCOPES } from '#faces/highlevel/scopes.ts';
import { startEngine } from '#infra/local/engine.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { AccessStore } from '#store/access/access-store.ts';
import { LocationStore } from '#store/access/location-store.ts';
import { dynamoClient } from '#store/core/client.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { atMost } from './goals.ts';
import { saleItems } from './list-items.ts';
import { firstCount, newTenant, SIZES, seed } from './lists.ts';
import { startServer } from './server.ts';
import { median, print, round } from './stats.ts';

const PAGES = 40;
const LIMIT = 100;

/** A location of so many orders, each of which is paid. */
interface Location {
  id: string;
  token: string;
  size: number;
}

const PARTS = { first: 0, middle: 0.5, last: 1 };

/** What is asked for, and how large a part of all it is; null for as many in every location. */
const FILTERS: Record<string, { filter: string; share: number | null }[]> = {
  orders: [
    { filter: '', share: 1 },
    { filter: 'paymentStatus=paid', share: 1 },
    { filter: 'contactId=rare', share: null },
    { filter: 'search=rareword', share: null },
  ],
  transactions: [
    { filter: '', share: 1 },
    { filter: 'entitySourceType=website', share: 0.1 },
    { filter: 'contactId=rare', share: null },
    { filter: 'search=rareword', share: null },
  ],
};

/** So many orders of each location have a name that no other one has. */
const RARE = 20;

interface Asked {
  list: string;
  filter: string;
  share: number | null;
  page: string;
  part: number;
}

/** Pages of the lists of the HighLevel face, with their totals, of a small and a large location. */
export async function benchHighLevelLists(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const proxy = await startCountingProxy(engine.endpoint);
  const server = await startServer({
    DYNAMODB_ENDPOINT: proxy.url,
    ACCESS_CACHE_SECONDS: '600',
  });
  const client = dynamoClient(engine.endpoint);
  const access = new AccessStore(client, 'access', fileWrapper(`${server.dataDir}/local.key`));
  const locations: Location[] = [];
  for (const size of SIZES) {
    const tenant = await newTenant(access);
    await seed(engine.endpoint, saleItems('ledger', tenant, size, RARE));
    locations.push(await newLocation(new LocationStore(client, 'access'), tenant, size));
  }
  for (const list of ['orders', 'transactions']) {
    const counts = [];
    for (const location of locations) {
      const ask = async () => {
        const { ok, status } = await pageOf(server.demo.url, location, list, 'limit=1');
        if (!ok && status !== 503) throw new Error(`The first page is ${status}`);
        return ok;
      };
      counts.push({ rows: location.size, ...(await firstCount(proxy, ask)) });
    }
    print(`GET /payments/${list}, the first reader, who counts them`, counts);
    const pages = [];
    for (const { filter, share } of FILTERS[list] ?? []) {
      for (const [page, part] of Object.entries(share === null ? { only: 0 } : PARTS)) {
        const asked = { list, filter, share, page: `${filter || 'all'}, ${page}`, part };
        pages.push(await timesOf(server.demo.url, proxy, locations, asked));
      }
    }
    print(`GET /payments/${list}, ${LIMIT} rows a page with the total, ms (median)`, pages);
  }
  client.destroy();
  await server.stop();
  proxy.stop();
  await engine.stop();
  rmSync(folder, { recursive: true });
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
  proxy: CountingProxy,
  locations: readonly Location[],
  asked: Asked,
) {
  const samples = new Map<Location, number[]>(locations.map((one) => [one, []]));
  let readUnits = 0;
  for (let index = 0; index < PAGES; index += 1) {
    for (const location of locations) {
      proxy.take();
      const startedMs = performance.now();
      await readPage(url, location, asked);
      samples.get(location)?.push(performance.now() - startedMs);
      readUnits = proxy.take().readUnits;
    }
  }
  const [small = 0, large = 0] = [...samples.values()].map(median);
  const name = `GET /payments/${asked.list}, ${asked.page}`;
  return {
    page: asked.page,
    [`${SIZES[0]} orders`]: round(small),
    [`${SIZES[1]} orders`]: round(large),
    ratio: round(large / small),
    goal: atMost(name, round(large / small), 1.3),
    'read units': readUnits,
    'read units, goal': atMost(`read units of ${name}`, readUnits, 30),
  };
}

async function readPage(url: string, location: Location, { list, filter, share, part }: Asked) {
  const size = share === null ? RARE : location.size * share;
  // As many rows on each page, wherever it is: a smaller location has few of some kinds.
  const offset = Math.max(0, Math.floor((size - LIMIT) * part));
  const reply = await pageOf(url, location, list, `limit=${LIMIT}&offset=${offset}&${filter}`);
  const { data, totalCount } = (await reply.json()) as { data: unknown[]; totalCount: number };
  if (data.length !== Math.min(LIMIT, size - offset) || totalCount !== size) {
    throw new Error(`The page of ${filter} has ${data.length} of ${totalCount}`);
  }
}

function pageOf(url: string, { id, token }: Location, list: string, page: string) {
  return fetch(`${url}/payments/${list}?altId=${id}&altType=location&${page}`, {
    headers: { authorization: `Bearer ${token}`, version: '2021-07-28' },
  });
}
