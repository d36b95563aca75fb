import type { FaceRequest, FaceScenario, FaceStep } from './scenario.ts';

const COUPON = {
  name: 'Summer',
  code: 'SUMMER10',
  discountType: 'percentage',
  discountValue: 10,
  startDate: '2026-01-01T00:00:00.000Z',
};

const create = (fields: object = {}): FaceRequest => ({
  operation: 'create-coupon',
  body: { ...COUPON, ...fields },
});

const coupon: FaceStep = { as: 'coupon', ...create() };
const other: FaceStep = { as: 'other', ...create({ code: 'WINTER10' }) };

const update = (id: string, fields: object = {}): FaceRequest => ({
  operation: 'update-coupon',
  body: { ...COUPON, id, ...fields },
});

const read = (query: Record<string, unknown>): FaceRequest => ({ operation: 'get-coupon', query });

const remove = (id: unknown): FaceRequest => ({ operation: 'delete-coupon', body: { id } });

export const couponScenarios: readonly FaceScenario[] = [
  {
    title: 'creates a coupon',
    request: create(),
    status: 201,
    body: { name: 'Summer', code: 'SUMMER10', discountValue: 10 },
  },
  {
    title: 'creates no second one of a code',
    before: [coupon],
    request: create({ name: 'Other' }),
    status: 422,
    body: { message: ['code is already used by another coupon'] },
  },
  {
    title: 'takes no more than all off',
    request: create({ discountValue: 101 }),
    status: 422,
    body: { message: ['discountValue must not be greater than 100'] },
  },
  {
    title: 'changes a coupon',
    before: [coupon],
    request: update('$coupon._id', { name: 'Autumn', code: 'AUTUMN' }),
    status: 200,
    body: { _id: '$coupon._id', name: 'Autumn', code: 'AUTUMN' },
  },
  { title: 'changes none that it does not know', request: update('$unknown'), status: 404 },
  {
    title: 'gives no coupon the code of another',
    before: [coupon, other],
    request: update('$other._id'),
    status: 422,
  },
  {
    title: 'reads a coupon by its id',
    before: [coupon],
    request: read({ id: '$coupon._id' }),
    status: 200,
    body: { code: 'SUMMER10' },
  },
  {
    title: 'reads a coupon by its code',
    before: [coupon],
    request: read({ code: 'SUMMER10' }),
    status: 200,
    body: { _id: '$coupon._id' },
  },
  { title: 'reads none that it does not know', request: read({ id: '$unknown' }), status: 404 },
  { title: 'reads none without a name for it', request: read({}), status: 422 },
  {
    title: 'lists coupons with their number',
    before: [coupon, other],
    request: { operation: 'list-coupons', query: { limit: 1 } },
    status: 200,
    body: { data: [{ code: 'WINTER10' }], totalCount: 2 },
  },
  {
    title: 'takes no limit that is none',
    request: { operation: 'list-coupons', query: { limit: '0x' } },
    status: 422,
  },
  { title: 'deletes a coupon', before: [coupon], request: remove('$coupon._id'), status: 200 },
  { title: 'deletes none that it does not know', request: remove('$unknown'), status: 404 },
  { title: 'deletes none without an id', request: remove(undefined), status: 422 },
];
