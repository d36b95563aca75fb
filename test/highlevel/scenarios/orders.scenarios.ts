import { TEE_PRICE } from '#test/highlevel/support/purchase.ts';
import type { FaceRequest, FaceScenario } from './scenario.ts';

const params = (orderId: string) => ({ orderId });

const record = (orderId: string, fields: object = {}): FaceRequest => ({
  operation: 'record-order-payment',
  params: params(orderId),
  body: { mode: 'cash', ...fields },
});

const fulfill = (orderId: string, fields: object = {}): FaceRequest => ({
  operation: 'create-order-fulfillment',
  params: params(orderId),
  body: {
    trackings: [{ trackingNumber: '1Z', shippingCarrier: 'UPS' }],
    items: [{ priceId: TEE_PRICE, qty: 1 }],
    notifyCustomer: false,
    ...fields,
  },
});

const read = (operation: string, orderId: string): FaceRequest => ({
  operation,
  params: params(orderId),
});

/** What is the same of all that read something of an order. */
const reads = (operation: string, body: Record<string, unknown>): FaceScenario[] => [
  {
    title: 'knows no other orders',
    request: read(operation, '$unknown'),
    status: 400,
    body: { message: 'Order not found' },
  },
  {
    title: 'needs a location',
    request: { ...read(operation, '$sale'), isPlaceless: true },
    status: 422,
    body: { error: 'Unprocessable Entity' },
  },
  { title: 'answers what there is', request: read(operation, '$sale'), status: 200, body },
];

export const orderScenarios: readonly FaceScenario[] = [
  {
    title: 'lists orders with their number',
    before: [{ as: 'cash', ...record('$sale') }],
    request: { operation: 'list-orders', query: { paymentStatus: 'paid' } },
    status: 200,
    body: { data: [{ _id: '$sale', amount: 150.1 }], totalCount: 1 },
  },
  {
    title: 'takes no limit that is none',
    request: { operation: 'list-orders', query: { limit: 'many' } },
    status: 422,
  },
  ...reads('get-order-by-id', { _id: '$sale', amount: 150.1 }),
  ...reads('list-order-fulfillment', { status: true, data: [] }),
  ...reads('list-order-notes', { data: [], totalCount: 0 }),
  {
    title: 'lists what was sent',
    before: [{ as: 'sent', ...fulfill('$sale') }],
    request: read('list-order-fulfillment', '$sale'),
    status: 200,
    body: { data: [{ _id: '$sent.data._id' }] },
  },
  { title: 'records what was paid in cash', request: record('$sale'), status: 200 },
  {
    title: 'records a part',
    request: record('$sale', { mode: 'cheque', cheque: { number: '17' }, amount: 50 }),
    status: 200,
    body: { success: true },
  },
  {
    title: 'records no more than is due',
    request: record('$sale', { amount: 150.11 }),
    status: 400,
  },
  { title: 'records nothing of what is paid', request: record('$paid.order'), status: 400 },
  { title: 'records nothing of what is closed', request: record('$closed'), status: 400 },
  { title: 'records nothing of what it does not know', request: record('$unknown'), status: 404 },
  { title: 'records nothing when the reference is taken', request: record('$taken'), status: 409 },
  {
    title: 'records no unknown way of payment',
    request: record('$sale', { mode: 'barter' }),
    status: 422,
  },
  {
    title: 'sends a part of an order',
    request: fulfill('$sale'),
    status: 200,
    body: { status: true, data: { items: [{ qty: 1 }] } },
  },
  {
    title: 'sends no more than was bought',
    request: fulfill('$sale', { items: [{ priceId: TEE_PRICE, qty: 3 }] }),
    status: 400,
  },
  { title: 'sends nothing of what it does not know', request: fulfill('$unknown'), status: 400 },
  { title: 'sends no nothing', request: fulfill('$sale', { items: [] }), status: 422 },
];
