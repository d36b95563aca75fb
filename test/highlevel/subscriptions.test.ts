import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importSubscriptions } from '#administration/import-subscriptions.ts';
import { mintObjectId } from '#ledger/core/ids.ts';
import { runtime } from '#operation/runtime/runtime.ts';
import { type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';
import { paylandsOf } from '#test/highlevel/support/paylands.ts';
import { violationsOf } from '#test/highlevel/support/published.ts';

let face: Face;
let location: TestLocation;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());
beforeEach(async () => {
  location = await face.newLocation();
});

const NOON = '2026-03-10T12:00:00.000Z';

/** A subscription as HighLevel answers it. */
function document(changes: Record<string, unknown> = {}) {
  return {
    _id: mintObjectId(Date.now()),
    altId: location.id,
    altType: 'location',
    contactId: 'XPLSw2SVagl12LMDeTmQ',
    contactSnapshot: { first_name: 'James', last_name: 'Bond', email: 'james@example.com' },
    currency: 'EUR',
    amount: 59.9,
    status: 'active',
    liveMode: false,
    entityType: 'order',
    entityId: '62f4db0f3059ecee61379012',
    entitySource: { type: 'funnel', subType: 'upsell', id: 'lx6ROqru', name: 'Spring', meta: {} },
    subscriptionId: 'sub_1',
    subscriptionSnapshot: { status: 'ACTIVE' },
    paymentProvider: { type: 'custom', connectedAccount: { _id: '64410debdc8f3b0503523abb' } },
    recurringProduct: { name: 'Sofa Set' },
    schedule: { rrule: { intervalType: 'monthly', interval: 1, startDate: '2026-03-10' } },
    canceledBy: 'qUuXUiB2AiA2DIthEicP',
    ipAddress: '103.100.16.82',
    createdBy: 'user123',
    createdAt: NOON,
    updatedAt: NOON,
    ...changes,
  };
}

function keep(...documents: unknown[]) {
  const { access, store: ledger, locations } = runtime();
  return importSubscriptions({ access, ledger, locations }, documents);
}

const alt = () => ({ altId: location.id, altType: 'location' });

async function list(query: Record<string, string> = {}) {
  const { body } = await face.call(location.pit, 'GET /payments/subscriptions', {
    query: { ...alt(), ...query },
  });
  return body as { data: Record<string, unknown>[]; totalCount: number };
}

const get = (id: string) =>
  face.call(location.pit, `GET /payments/subscriptions/${id}`, { query: alt() });

test('a subscription is a row of the list, and one answer with what it came with', async () => {
  const one = document();
  await keep(one);
  const { data, totalCount } = await list();
  const { contactSnapshot, entitySource, paymentProvider, recurringProduct, schedule, ...common } =
    one;
  const { canceledBy, ...row } = common;
  expect(totalCount).toBe(1);
  expect(data).toEqual([
    {
      ...row,
      contactName: 'James Bond',
      contactEmail: 'james@example.com',
      entitySourceType: 'funnel',
      entitySourceName: 'Spring',
      entitySourceId: 'lx6ROqru',
      entitySourceMeta: {},
      paymentProviderType: 'custom',
      paymentProviderConnectedAccount: '64410debdc8f3b0503523abb',
    },
  ]);
  const { status, body } = await get(one._id);
  expect(status).toBe(200);
  expect(body).toEqual({
    ...common,
    contactSnapshot,
    entitySource,
    paymentProvider,
    recurringProduct,
    schedule,
    canceledBy,
    traceId: expect.any(String),
  });
});

test.each([
  ['JPY', 1500],
  ['EUR', 0.29],
  ['BHD', 1.001],
])('amounts of %s keep their decimals', async (currency, amount) => {
  const one = document({ currency, amount });
  await keep(one);
  expect((await get(one._id)).body).toMatchObject({ currency, amount });
});

test('what is not found, or is of another location, is 400', async () => {
  const one = document();
  await keep(one);
  expect(await get('0'.repeat(24))).toMatchObject({
    status: 400,
    body: { message: 'Subscription not found' },
  });
  location = await face.newLocation();
  expect((await get(one._id)).status).toBe(400);
  expect((await list()).totalCount).toBe(0);
});

describe('import', () => {
  test('again changes it, where it is found too', async () => {
    const one = document();
    await keep(one);
    await keep({
      ...one,
      status: 'canceled',
      contactId: 'other',
      createdAt: '2026-04-01T00:00:00Z',
    });
    expect(await list()).toMatchObject({
      totalCount: 1,
      data: [{ status: 'canceled', contactId: 'other', createdAt: NOON }],
    });
    expect((await list({ contactId: one.contactId })).totalCount).toBe(0);
    expect((await list({ contactId: 'other' })).totalCount).toBe(1);
  });

  test.each([
    ['a location that is not here', { altId: 'nowhere' }],
    ['the other mode', { liveMode: true }],
    ['an amount that the currency does not have', { amount: 0.001 }],
    ['a currency that does not exist', { currency: 'ZZZ' }],
    ['no status', { status: undefined }],
  ])('refuses %s, and keeps nothing', async (_, changes) => {
    await expect(keep(document(), document(changes))).rejects.toThrow();
    expect((await list()).totalCount).toBe(0);
  });
});

describe('list', () => {
  test('filters by every criterion, with an exact count', async () => {
    const one = document();
    const other = document({
      contactId: 'c2',
      contactSnapshot: { name: 'Ada', email: 'ada@example.com' },
      entityId: 'e2',
      entitySource: { type: 'website', id: 'w1', name: 'Shop' },
      recurringProduct: undefined,
      createdAt: '2026-03-12T00:00:00.000Z',
    });
    await keep(one, other);
    const idsOf = async (query: Record<string, string>) => {
      const { data, totalCount } = await list(query);
      expect(totalCount).toBe(data.length);
      return data.map((row) => row._id);
    };
    expect(await idsOf({})).toEqual([other._id, one._id]);
    expect(await idsOf({ id: one._id })).toEqual([one._id]);
    expect(await idsOf({ entityId: 'e2' })).toEqual([other._id]);
    expect(await idsOf({ contactId: 'c2' })).toEqual([other._id]);
    expect(await idsOf({ contactId: 'c2', entityId: String(one.entityId) })).toEqual([]);
    expect(await idsOf({ entitySourceType: 'funnel' })).toEqual([one._id]);
    expect(await idsOf({ search: 'ADA' })).toEqual([other._id]);
    expect(await idsOf({ search: 'sofa' })).toEqual([one._id]);
    expect(await idsOf({ paymentMode: 'live' })).toEqual([]);
    expect(await idsOf({ paymentMode: 'test' })).toEqual([other._id, one._id]);
    expect(await idsOf({ startAt: '2026-03-11' })).toEqual([other._id]);
    expect(await idsOf({ endAt: '2026-03-10' })).toEqual([one._id]);
    expect(await idsOf({ startAt: '2026-03-11', contactId: one.contactId })).toEqual([]);
    expect(await idsOf({ startAt: '2026-03-12', endAt: '2026-03-11' })).toEqual([]);
  });

  test('pages at any offset, filtered or not, agree with the whole', async () => {
    const days = Array.from({ length: 14 }, (_, index) => index + 1);
    const all = days.map((day) => document({ createdAt: new Date(Date.UTC(2026, 1, day)) }));
    await keep(...all.map((one) => JSON.parse(JSON.stringify(one))));
    const ids = all.map((one) => one._id).reverse();
    const pages = fc.record({
      limit: fc.nat(16),
      offset: fc.nat(16),
      isFiltered: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(pages, async ({ limit, offset, isFiltered }) => {
        const { data, totalCount } = await list({
          limit: String(limit),
          offset: String(offset),
          ...(isFiltered ? { search: 'bond' } : {}),
        });
        expect(totalCount).toBe(14);
        expect(data.map((row) => row._id)).toEqual(ids.slice(offset, offset + limit));
      }),
      { numRuns: 30 },
    );
  });

  test('counts the payments that came in when it is asked to', async () => {
    await keep(document());
    const paylands = await paylandsOf(face.url, location.tenant);
    const card = await paylands.saveCard();
    for (const subscriptionId of ['sub_1', 'sub_1', 'sub_2']) {
      const extra_data = { highlevel: { subscriptionId } };
      const { uuid } = await paylands.createOrder({ extra_data });
      await paylands.charge(uuid, card);
    }
    await paylands.createOrder({ extra_data: { highlevel: { subscriptionId: 'sub_1' } } });
    const { data } = await list({ getPaymentsCollectedCount: 'true' });
    expect(data[0]).toMatchObject({ paymentsCollectedCount: 2 });
    expect((await list()).data[0]).not.toHaveProperty('paymentsCollectedCount');
  });

  test('refuses what is not documented', async () => {
    const query = { startAt: 'yesterday', limit: '-1', getPaymentsCollectedCount: 'maybe' };
    const { status, body } = await face.call(location.pit, 'GET /payments/subscriptions', {
      query,
    });
    expect(status).toBe(422);
    expect(body.message).toHaveLength(5);
  });
});

test('works through the official SDK', async () => {
  const one = document();
  await keep(one);
  const { payments } = face.sdk(location.pit);
  const listed = await payments.listSubscriptions({ ...alt(), limit: 5, id: one._id });
  expect(violationsOf('list-subscriptions', listed)).toEqual([]);
  expect(listed).toMatchObject({ totalCount: 1, data: [{ _id: one._id, amount: 59.9 }] });
  const got = await payments.getSubscriptionById({ ...alt(), subscriptionId: one._id });
  expect(violationsOf('get-subscription-by-id', got)).toEqual([]);
  expect(got).toMatchObject({ _id: one._id, subscriptionId: 'sub_1' });
});
