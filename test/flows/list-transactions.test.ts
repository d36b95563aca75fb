import { TZDate } from '@date-fns/tz';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import recoverPayments from '#functions/schedules/recover-payments.ts';
import { mintUuid, objectIdFromUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { bookKey } from '#store/lists/list-keys.ts';
import { type Client, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { invoke } from '#test/support/invoke.ts';
import { newOrder, newTransaction } from '#test/support/orders.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const TERMINALS = [null, '3366558877', '1122334455'];

/** A row that was seeded. */
interface Row {
  uuid: string;
  timeMs: number;
  terminal: string | null;
}

let stack: Stack;
let client: Client;
/** Newest first. */
let rows: Row[];

beforeAll(async () => {
  stack = await startStack({ settings: { RECOVER_AFTER_SECONDS: '1' }, remembers: true });
  const merchant = await stack.newMerchant();
  client = merchant.client;
  rows = await seed(merchant.tenant);
});
afterAll(() => stack.stop());

/** Bursts of rows in one minute, and gaps of minutes, hours and months; two changes of the clock. */
const STEPS_MS = [0, 0, 0, 1, 999, MINUTE_MS, 7 * MINUTE_MS, 61 * MINUTE_MS, 3 * 24 * 3600_000];

async function seed(tenant: Tenant): Promise<Row[]> {
  const seeded: Row[] = [];
  let timeMs = Date.UTC(2025, 7, 20, 21, 58);
  for (let index = 0; index < 360; index += 1) {
    const row = {
      uuid: mintUuid(timeMs),
      timeMs,
      terminal: TERMINALS[index % TERMINALS.length] ?? null,
    };
    seeded.push(row);
    await stack.runtime.store.commit(tenant, [listed(row)]);
    timeMs += STEPS_MS[(index * 7) % STEPS_MS.length] ?? 0;
    if (index % 60 === 59) timeMs += 40 * 24 * 3600_000;
  }
  const idOf = ({ uuid }: Row) => objectIdFromUuid(uuid) ?? '';
  return seeded.sort((one, other) => (idOf(one) < idOf(other) ? 1 : -1));
}

function listed({ uuid, timeMs, terminal }: Row) {
  const at = new Date(timeMs).toISOString();
  const order = newOrder();
  return {
    change: 'listed' as const,
    payment: null,
    entry: {
      transaction: newTransaction({ uuid, amount: 1, createdAt: at, updatedAt: at }),
      order: { ...order, service: { ...order.service, terminal } },
      card: null,
    },
  };
}

/** `YYYYMMDDHHmm` in Madrid. */
function minuteOf(timeMs: number): string {
  return new TZDate(timeMs, 'Europe/Madrid').toISOString().slice(0, 16).replace(/\D/g, '');
}

interface Filter {
  start?: string;
  end?: string;
  limit?: number;
  offset?: number;
  terminal?: string;
}

async function list(filter: Filter): Promise<string[]> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) query.set(name, String(value));
  const body = expected(await client.get(`/orders?${query}`));
  expect(body.count).toBe(body.transactions.length);
  return body.transactions.map((row) => row.transactionUUID);
}

const uuidsOf = (some: readonly Row[]) => some.map(({ uuid }) => uuid);

test('all rows come newest first', async () => {
  expect(await list({})).toEqual(uuidsOf(rows));
});

test('every offset finds the same rows as reading through', async () => {
  for (let offset = 0; offset <= rows.length; offset += 1) {
    expect(await list({ offset, limit: 3 }), `offset ${offset}`).toEqual(
      uuidsOf(rows.slice(offset, offset + 3)),
    );
  }
}, 120_000);

test('an offset behind the last row finds nothing', async () => {
  expect(await list({ offset: 100_000_000 })).toEqual([]);
});

const filters = fc.record(
  {
    from: fc.nat({ max: 359 }),
    to: fc.nat({ max: 359 }),
    shift: fc.integer({ min: -2, max: 2 }),
    offset: fc.nat({ max: 120 }),
    limit: fc.integer({ min: 1, max: 200 }),
    terminal: fc.constantFrom('3366558877', 'unknown'),
  },
  { requiredKeys: ['shift'] },
);

test('any window, offset and terminal finds what is in it, minutes inclusive', async () => {
  await fc.assert(
    fc.asyncProperty(filters, async ({ from, to, shift, offset, limit, terminal }) => {
      const timeOf = (index: number) =>
        Math.floor((rows[index]?.timeMs ?? 0) / MINUTE_MS) * MINUTE_MS + shift * MINUTE_MS;
      const start = from === undefined ? undefined : timeOf(from);
      const end = to === undefined ? undefined : timeOf(to);
      // Contract C.4: at most three months, and these are months with 31 days too.
      const isLong = start !== undefined && end !== undefined && end - start > 89 * DAY_MS;
      if (isLong) return;
      const wanted = rows
        .filter((row) => start === undefined || row.timeMs >= start)
        .filter((row) => end === undefined || row.timeMs < end + MINUTE_MS)
        .filter((row) => terminal === undefined || row.terminal === terminal)
        .slice(offset ?? 0, (offset ?? 0) + (limit ?? 10_000));
      const found = await list({
        ...(start === undefined ? {} : { start: minuteOf(start) }),
        ...(end === undefined ? {} : { end: minuteOf(end) }),
        ...(offset === undefined ? {} : { offset }),
        ...(limit === undefined ? {} : { limit }),
        ...(terminal === undefined ? {} : { terminal }),
      });
      expect(found).toEqual(uuidsOf(wanted));
    }),
    { numRuns: 200 },
  );
});

test('a page says where the next begins while there is more', async () => {
  const page = async (query: string) => expected(await client.get(`/orders?${query}`));
  const seen: string[] = [];
  let offset: number | undefined = 0;
  for (let pages = 0; offset !== undefined && pages < 10; pages += 1) {
    const body: { next_offset?: number; transactions: { transactionUUID: string }[] } = await page(
      `limit=100&offset=${offset}`,
    );
    seen.push(...body.transactions.map((row) => row.transactionUUID));
    offset = body.next_offset;
  }
  expect(seen).toEqual(uuidsOf(rows));
  expect(await page(`limit=${rows.length}`)).not.toHaveProperty('next_offset');
});

test('a page ends before it is more than a function can answer', async () => {
  const large = await stack.newMerchant();
  const [row] = rows;
  if (row === undefined) throw new Error('There are no rows');
  const additional = 'ñ'.repeat(2000);
  for (let index = 0; index < 520; index += 20) {
    const changes = Array.from({ length: 20 }, () => {
      const change = listed({ ...row, uuid: mintUuid(row.timeMs) });
      return {
        ...change,
        entry: { ...change.entry, order: { ...change.entry.order, additional } },
      };
    });
    await Promise.all(changes.map((one) => stack.runtime.store.commit(large.tenant, [one])));
  }
  const first = await large.client.get('/orders');
  expect(Buffer.byteLength(first.text)).toBeLessThan(6_000_000 - 100_000);
  const { count, next_offset } = expected(first) as { count: number; next_offset?: number };
  expect(count).toBeLessThan(520);
  expect(next_offset).toBe(count);
  const rest = expected(await large.client.get(`/orders?offset=${next_offset}`));
  expect(rest.count).toBe(520 - count);
  expect(rest).not.toHaveProperty('next_offset');
});

test('times may be ISO 8601, in Madrid or with an offset, three months at most', async () => {
  const [row] = rows;
  const at = new TZDate(row?.timeMs ?? 0, 'Europe/Madrid').toISOString();
  const utc = new Date(row?.timeMs ?? 0).toISOString();
  const all = await list({ start: minuteOf(row?.timeMs ?? 0) });
  expect(all.length).toBeGreaterThan(0);
  for (const start of [at, at.slice(0, 16), utc]) expect(await list({ start }), start).toEqual(all);
  const long = await client.get('/orders?start=2025-01-01&end=2025-04-02');
  expect(long.status).toBe(400);
  expect(long.body.details).toContain('at most three months after start');
  expect((await client.get('/orders?start=2025-01-01&end=2025-04-01')).status).toBe(200);
});

test('what a reader has counted and written down is not counted again', async () => {
  const { tenant, client } = await stack.newMerchant();
  const all: Row[] = [];
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (const half of [0, 1]) {
      const added = Array.from({ length: 210 }, (_, index) => {
        const timeMs = Date.now() - (index + half) * MINUTE_MS;
        return { uuid: mintUuid(timeMs), timeMs, terminal: null };
      });
      for (const row of added) await stack.runtime.store.commit(tenant, [listed(row)]);
      all.push(...added);
      vi.setSystemTime(Date.now() + 2 * MINUTE_MS);
      const wanted = all
        .map(({ uuid }) => objectIdFromUuid(uuid) ?? '')
        .sort()
        .reverse();
      for (const offset of [0, 205]) {
        const page = expected(await client.get(`/orders?limit=3&offset=${offset}`));
        const found = page.transactions.map((row) => objectIdFromUuid(row.transactionUUID));
        expect(found).toEqual(wanted.slice(offset, offset + 3));
      }
    }
  } finally {
    vi.useRealTimers();
  }
  const book = await bookOf(tenant);
  expect(book).toContain('BOOK');
  const days = book.filter((key) => key !== 'BOOK').map((key) => key.split('#')[0]);
  expect(days.length).toBeGreaterThan(0);
  expect(new Set(days).size, 'a day is kept once').toBe(days.length);
});

/** What is kept of what was counted: the names of the items. */
async function bookOf(tenant: Tenant): Promise<string[]> {
  const { pk } = bookKey(tenant, 'TRANSACTIONS');
  const keys = [...(await scan('ledger')).keys()];
  return keys.filter((key) => key.startsWith(`${pk} `)).map((key) => key.slice(pk.length + 1));
}

test('what is pending is listed in its place until it is known', async () => {
  const { client } = await stack.newMerchant();
  const { uuid } = await client.paidOrder();
  const card = await client.saveCard();
  const order = await client.createOrder();
  const unknown = { headers: { 'pasarela-fault': 'timeout' } };
  expected(await client.charge(order.uuid, card.uuid, unknown));
  expected(await client.refund(uuid, 100, unknown));
  await client.paidOrder();
  const statuses = async (query = '') => {
    const { transactions } = expected(await client.get(`/orders?${query}`));
    return transactions.map(({ type, status }) => `${type} ${status}`);
  };
  const all = [
    'AUTHORIZATION SUCCESS',
    'REFUND PENDING',
    'AUTHORIZATION PENDING',
    'AUTHORIZATION SUCCESS',
  ];
  expect(await statuses()).toEqual(all);
  for (let offset = 0; offset <= all.length; offset += 1) {
    const query = `offset=${offset}&limit=2`;
    expect(await statuses(query), query).toEqual(all.slice(offset, offset + 2));
  }
  expect(await statuses('terminal=nowhere')).toEqual([]);
  expect(await statuses('end=2025-01-01')).toEqual([]);
  expect(await stack.demo.rows()).not.toContainEqual(
    expect.objectContaining({ status: 'PENDING' }),
  );
  await eventually(async () => {
    await invoke(recoverPayments);
    expect(await statuses()).toEqual(all.map((one) => one.replace('PENDING', 'SUCCESS')));
  });
});
