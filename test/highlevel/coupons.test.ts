import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importOrder } from '#administration/import-order.ts';
import { mintObjectId, objectIdFromUuid } from '#ledger/core/ids.ts';
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

const DAY_MS = 86_400_000;
const at = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

function draft(changes: Record<string, unknown> = {}) {
  return {
    altId: location.id,
    altType: 'location',
    name: 'New Year Sale',
    code: 'LEVELUP',
    discountType: 'percentage',
    discountValue: 12.5,
    startDate: at(-1),
    ...changes,
  };
}

const alt = () => ({ altId: location.id, altType: 'location' });

function create(changes: Record<string, unknown> = {}, key?: string) {
  const body = draft(changes);
  return face.call(location.pit, 'POST /payments/coupon', { body, ...(key ? { key } : {}) });
}

async function list(query: Record<string, string> = {}) {
  const { body } = await face.call(location.pit, 'GET /payments/coupon/list', {
    query: { ...alt(), ...query },
  });
  return body as { data: Record<string, unknown>[]; totalCount: number; traceId: string };
}

describe('create', () => {
  test('answers 201 with the documented shape and its defaults', async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    expect(body).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      usageCount: 0,
      limitPerCustomer: 0,
      altId: location.id,
      altType: 'location',
      name: 'New Year Sale',
      code: 'LEVELUP',
      discountType: 'percentage',
      discountValue: 12.5,
      status: 'active',
      startDate: expect.any(String),
      applyToFuturePayments: true,
      applyToFuturePaymentsConfig: { type: 'forever' },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      traceId: expect.any(String),
    });
  });

  test('may have its numbers and flags as text', async () => {
    const { status, body } = await create({
      code: 'TEXT',
      discountType: 'amount',
      discountValue: '5.5',
      usageLimit: '3',
      limitPerCustomer: 'True',
      applyToFuturePayments: '0',
    });
    expect([status, body]).toMatchObject([
      201,
      { discountValue: 5.5, limitPerCustomer: 1, applyToFuturePayments: false },
    ]);
  });

  test('keeps every limit', async () => {
    const { status, body } = await create({
      discountType: 'amount',
      discountValue: 10,
      endDate: '2099-01-31T22:45:00+02:00',
      usageLimit: 10,
      productIds: ['p1'],
      priceIds: ['q1', 'q2'],
      variantIds: ['v1'],
      applyToFuturePayments: false,
      applyToFuturePaymentsConfig: { type: 'fixed', duration: 5, durationType: 'months' },
      limitPerCustomer: true,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      limitPerCustomer: 1,
      endDate: '2099-01-31T20:45:00.000Z',
      applyToFuturePayments: false,
      applyToFuturePaymentsConfig: { type: 'fixed', duration: 5, durationType: 'months' },
    });
    const { data } = await list();
    expect(data[0]).toMatchObject({
      productIds: ['p1'],
      priceIds: ['q1', 'q2'],
      variantIds: ['v1'],
    });
  });

  test.each([
    ['before its start', { startDate: at(1) }, 'scheduled'],
    ['before its start in PHP', { startDate: at(1).replace(/\.\d+Z/, '+0000') }, 'scheduled'],
    ['within its time', { startDate: at(-1), endDate: at(1) }, 'active'],
    ['after its end', { startDate: at(-2), endDate: at(-1) }, 'expired'],
  ])('computes the status %s', async (_, changes, status) => {
    expect((await create(changes)).body.status).toBe(status);
  });

  test('refuses a code of the location in any case, and lets another location have it', async () => {
    await create({ code: 'Deal50' });
    const { status, body } = await create({ code: 'dEAL50' });
    expect(status).toBe(422);
    expect(body.message).toEqual(['code is already used by another coupon']);
    location = await face.newLocation();
    expect((await create({ code: 'Deal50' })).status).toBe(201);
  });

  test('lets one of many creations with a code win', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => create()));
    expect(replies.map((one) => one.status).sort()).toEqual([201, ...Array(7).fill(422)]);
    expect((await list()).totalCount).toBe(1);
  });

  test('replays a repeated key and refuses it with another payload', async () => {
    const startDate = at(-1);
    const first = await create({ startDate }, 'key-1');
    const second = await create({ startDate }, 'key-1');
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect((await create({ startDate, name: 'Other' }, 'key-1')).status).toBe(422);
    expect((await list()).totalCount).toBe(1);
  });

  test('lists every violation at once', async () => {
    const { status, body } = await create({
      name: '',
      code: 'two words',
      discountType: 'percentage',
      discountValue: 101,
      startDate: '2026-01-01',
      endDate: '2026-13-01T00:00:00Z',
      usageLimit: 0,
      limitPerCustomer: 3,
      applyToFuturePaymentsConfig: { type: 'fixed' },
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ statusCode: 422, error: 'Unprocessable Entity' });
    expect(body.message).toEqual([
      'name should not be empty',
      'code must not contain spaces',
      'startDate must be a valid ISO 8601 date string',
      'endDate must be a valid ISO 8601 date string',
      'usageLimit must not be less than 1',
      'applyToFuturePaymentsConfig.duration should not be empty',
      'applyToFuturePaymentsConfig.durationType should not be empty',
      'limitPerCustomer must be a boolean',
      'discountValue must not be greater than 100',
    ]);
  });

  test.each([
    ['2026-02-30T00:00:00Z', false],
    ['2026-02-28', false],
    ['2026-02-28T10:00:00', false],
    ['2026-02-28T10:00:00+05:30', true],
    ['2026-02-28T10:00:00.123456Z', true],
  ])('takes %s for a time: %j', async (startDate, isTime) => {
    expect((await create({ startDate })).status).toBe(isTime ? 201 : 422);
  });

  test('refuses ids with control characters and more ids than can be kept', async () => {
    const { body } = await create({ productIds: ['\u0000'], priceIds: Array(201).fill('p') });
    expect(body.message).toEqual([
      'productIds.0 is not valid',
      'priceIds must contain no more than 200 elements',
    ]);
  });

  test('refuses an end before the start', async () => {
    const { body } = await create({ startDate: at(2), endDate: at(1), discountValue: 200 });
    expect(body.message).toEqual([
      'discountValue must not be greater than 100',
      'endDate must be after startDate',
    ]);
  });

  test.each([null, 'text', 5, []])('refuses the body %j', async (body) => {
    const { status } = await face.call(location.pit, 'POST /payments/coupon', { body });
    expect(status).toBe(422);
  });
});

describe('update', () => {
  const update = (id: unknown, changes: Record<string, unknown> = {}, key?: string) =>
    face.call(location.pit, 'PUT /payments/coupon', {
      body: draft({ id, ...changes }),
      ...(key ? { key } : {}),
    });

  test('replaces everything but the identity, the use and the birth', async () => {
    const { body: before } = await create({ endDate: at(1), usageLimit: 5, productIds: ['p1'] });
    const { status, body } = await update(before._id, { name: 'Renamed', discountValue: 1 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      _id: before._id,
      name: 'Renamed',
      discountValue: 1,
      usageCount: 0,
      createdAt: before.createdAt,
    });
    expect(body).not.toHaveProperty('endDate');
    expect((await list()).data[0]).toMatchObject({ productIds: [] });
  });

  test('frees the old code and takes the new one', async () => {
    const { body } = await create({ code: 'OLD' });
    expect((await update(body._id, { code: 'NEW' })).status).toBe(200);
    expect((await create({ code: 'old' })).status).toBe(201);
    expect((await create({ code: 'new' })).status).toBe(422);
    expect((await update(body._id, { code: 'Old' })).status).toBe(422);
  });

  test('may change the case of its own code', async () => {
    const { body } = await create({ code: 'abc' });
    const changed = await update(body._id, { code: 'ABC' });
    expect(changed.body.code).toBe('ABC');
  });

  test('takes turns with other updates', async () => {
    const { body } = await create();
    const names = Array.from({ length: 6 }, (_, index) => `Name ${index}`);
    const replies = await Promise.all(
      names.map((name, index) => update(body._id, { name, code: `CODE${index}` })),
    );
    expect(replies.map((one) => one.status)).toEqual(names.map(() => 200));
    const { data } = await list();
    expect(data).toHaveLength(1);
    const taken = await Promise.all(names.map((_, index) => create({ code: `code${index}` })));
    expect(taken.filter((one) => one.status === 422)).toHaveLength(1);
  });

  test('replays a repeated key', async () => {
    const { body } = await create();
    const startDate = at(-1);
    const first = await update(body._id, { startDate }, 'key-2');
    const second = await update(body._id, { startDate }, 'key-2');
    expect(second.body).toEqual(first.body);
  });

  test('does not know the coupon of another location', async () => {
    const { body } = await create();
    location = await face.newLocation();
    const { status, body: error } = await update(body._id);
    expect(status).toBe(404);
    expect(error).toMatchObject({ message: 'Coupon not found', name: 'HttpException' });
  });
});

describe('delete', () => {
  const remove = (id: unknown, key?: string) =>
    face.call(location.pit, 'DELETE /payments/coupon', {
      body: { ...alt(), id },
      ...(key ? { key } : {}),
    });

  test('frees the code; a second time there is nothing to delete', async () => {
    const { body } = await create();
    const { status, body: answer } = await remove(body._id);
    expect(status).toBe(200);
    expect(answer).toEqual({ success: true, traceId: expect.any(String) });
    expect((await remove(body._id)).status).toBe(404);
    expect((await create()).status).toBe(201);
  });

  test('succeeds once of many, and for every repetition of one key', async () => {
    const { body } = await create();
    const replies = await Promise.all(Array.from({ length: 4 }, () => remove(body._id)));
    expect(replies.map((one) => one.status).sort()).toEqual([200, 404, 404, 404]);
    const { body: other } = await create();
    const repeated = await Promise.all(Array.from({ length: 4 }, () => remove(other._id, 'key-3')));
    expect(repeated.map((one) => one.status)).toEqual([200, 200, 200, 200]);
  });

  test('is refused for another location', async () => {
    const { body } = await create();
    const other = await face.newLocation();
    const named = { body: { ...alt(), id: body._id } };
    expect((await face.call(other.pit, 'DELETE /payments/coupon', named)).status).toBe(403);
    location = other;
    expect((await remove(body._id)).status).toBe(404);
  });
});

describe('get', () => {
  const get = (query: Record<string, string>) =>
    face.call(location.pit, 'GET /payments/coupon', { query: { ...alt(), ...query } });

  test('by id or by code in any case', async () => {
    const { body } = await create({ code: 'Deal50' });
    const { traceId: _, ...coupon } = body;
    expect((await get({ id: String(body._id) })).body).toMatchObject(coupon);
    expect((await get({ code: 'dEAL50', id: '' })).body).toMatchObject(coupon);
    expect((await get({ id: String(body._id), code: 'other' })).body).toMatchObject(coupon);
  });

  test('needs one of them, and finds none of another location', async () => {
    const { body } = await create();
    expect(await get({})).toMatchObject({
      status: 422,
      body: { message: ['id or code should not be empty'] },
    });
    location = await face.newLocation();
    expect((await get({ id: String(body._id) })).status).toBe(404);
    expect((await get({ code: 'LEVELUP' })).status).toBe(404);
  });
});

describe('use', () => {
  const coupon = async () => (await list()).data[0];

  async function order(couponUsed: Record<string, unknown>, fields: Record<string, unknown> = {}) {
    const paylands = await paylandsOf(face.url, location.tenant);
    return paylands.createOrder({ extra_data: { highlevel: { coupon: couponUsed } }, ...fields });
  }

  test('is counted for each order that names it by code in any case or by id', async () => {
    const { body } = await create({ code: 'Deal50', usageLimit: 42 });
    const { uuid } = await order({ code: 'dEAL50' });
    await order({ code: 'whatever', _id: body._id });
    expect(await coupon()).toMatchObject({ usageCount: 2, status: 'active' });
    await Promise.all(Array.from({ length: 40 }, () => order({ code: 'DEAL50' })));
    expect(await coupon()).toMatchObject({ usageCount: 42, status: 'expired' });
    const { body: found } = await face.call(
      location.pit,
      `GET /payments/orders/${objectIdFromUuid(uuid)}`,
      { query: alt() },
    );
    expect(found.coupon).toEqual({ _id: body._id, code: 'dEAL50' });
  });

  test('is counted once for an order that is imported', async () => {
    await create();
    const { access, store: ledger, locations } = runtime();
    const document = {
      _id: mintObjectId(Date.now()),
      altId: location.id,
      currency: 'EUR',
      amount: 10,
      coupon: { code: 'levelup' },
    };
    for (const isNew of [true, false]) {
      const imported = await importOrder({ access, ledger, locations }, document);
      expect(imported.isNew).toBe(isNew);
    }
    expect(await coupon()).toMatchObject({ usageCount: 1 });
  });

  test('survives an update', async () => {
    const { body } = await create();
    await order({ code: 'LEVELUP' });
    const changed = { body: draft({ id: body._id, code: 'OTHER' }) };
    const { body: updated } = await face.call(location.pit, 'PUT /payments/coupon', changed);
    expect(updated.usageCount).toBe(1);
  });

  test('of a coupon that is not known refuses no order, and counts nothing', async () => {
    await create();
    const other = await face.newLocation();
    await order({ code: 'UNKNOWN' });
    await order({ code: 'UNKNOWN', _id: '0'.repeat(24) });
    location = { ...location, tenant: other.tenant };
    await order({ code: 'LEVELUP' });
    expect(await coupon()).toMatchObject({ usageCount: 0 });
  });

  test('is not counted for an order that is refused', async () => {
    await create();
    await expect(order({ code: 'LEVELUP' }, { service: 'NONE' })).rejects.toThrow();
    expect(await coupon()).toMatchObject({ usageCount: 0 });
  });
});

describe('list', () => {
  test('newest first, with an exact count on every page', async () => {
    for (let index = 0; index < 5; index += 1) await create({ code: `C${index}` });
    const page = await list({ limit: '2', offset: '1' });
    expect(page.data.map((one) => one.code)).toEqual(['C3', 'C2']);
    expect(page.totalCount).toBe(5);
    expect(await list({ offset: '9' })).toMatchObject({ data: [], totalCount: 5 });
    expect(await list({ limit: '0' })).toMatchObject({ data: [], totalCount: 5 });
  });

  test('filters by status and by a part of name or code', async () => {
    await create({ code: 'SUMMER', startDate: at(1) });
    await create({ code: 'AUTUMN', name: 'After Summer' });
    await create({ code: 'WINTER', startDate: at(-2), endDate: at(-1) });
    const codes = async (query: Record<string, string>) =>
      (await list(query)).data.map((one) => one.code);
    expect(await codes({ search: 'summer' })).toEqual(['AUTUMN', 'SUMMER']);
    expect(await codes({ status: 'scheduled' })).toEqual(['SUMMER']);
    expect(await codes({ status: 'expired' })).toEqual(['WINTER']);
    expect(await codes({ status: 'active', search: 'er' })).toEqual(['AUTUMN']);
    expect((await list({ status: 'active' })).totalCount).toBe(1);
  });

  test('refuses what is not documented', async () => {
    const { status, body } = await face.call(location.pit, 'GET /payments/coupon/list', {
      query: { altType: 'company', status: 'used', limit: 'many' },
    });
    expect(status).toBe(422);
    expect(body.message).toHaveLength(4);
  });

  test('a token without the scope is not authorised', async () => {
    const token = await face.newToken(location.id, null, ['payments/coupons.write']);
    const { status, body } = await face.call(token, 'GET /payments/coupon/list', { query: alt() });
    expect(status).toBe(401);
    expect(body.message).toBe('The token is not authorized for this scope.');
  });
});

test('works through the official SDK', async () => {
  const { payments } = face.sdk(location.pit);
  const body = {
    ...alt(),
    name: 'SDK',
    code: 'SDK10',
    discountType: 'amount',
    discountValue: 10,
    startDate: at(-1),
  };
  const created = await payments.createCoupon(body);
  expect(violationsOf('create-coupon', created)).toEqual([]);
  expect(created).toMatchObject({ code: 'SDK10', status: 'active' });
  const id = created._id;
  const updated = await payments.updateCoupon({ ...body, id, code: 'SDK20' });
  expect(violationsOf('update-coupon', updated)).toEqual([]);
  expect(updated.code).toBe('SDK20');
  const got = await payments.getCoupon({ ...alt(), id, code: 'SDK20' });
  expect(violationsOf('get-coupon', got)).toEqual([]);
  expect(got).toMatchObject({ _id: id });
  const listed = await payments.listCoupons({ ...alt(), limit: 10, status: 'active' });
  expect(violationsOf('list-coupons', listed)).toEqual([]);
  expect(listed).toMatchObject({ totalCount: 1, data: [{ _id: id }] });
  const deleted = await payments.deleteCoupon({ ...alt(), id });
  expect(violationsOf('delete-coupon', deleted)).toEqual([]);
  expect(deleted.success).toBe(true);
  await expect(payments.getCoupon({ ...alt(), id, code: '' })).rejects.toMatchObject({
    statusCode: 404,
  });
});
