import { createOrder, referenceTaken, type Scenario, type Step, step } from './scenario.ts';

const pay = (operation: string, fields: object = {}) => ({
  operation,
  body: { device: '$device', amount: 1000, description: 'At the till', ...fields },
});

const onSale = (operation: string, fields: object = {}) => ({
  operation,
  body: { device: '$device', order_uuid: '$sale.order.uuid', ...fields },
});

const settled = (status: string): Step => ({
  as: 'settled',
  operation: 'getOrder',
  params: { order_uuid: '$sale.order.uuid' },
  until: { path: 'order.status', is: status },
});

const sold = [step('sale', pay('posPayment')), settled('SUCCESS')];
const held = [step('sale', pay('posPreauth')), settled('PENDING_CONFIRMATION')];

const NOTHING_READ = {
  requestor_id: 'API',
  pos_device_id: '$device',
  reversal: false,
  brand: null,
  masked_pan: null,
  verification_method: '',
  entry_mode: null,
  expiry_date: null,
};

const begun = (operative: string, amount: number) => ({
  operative,
  amount,
  status: 'PENDING',
  error: 'NONE',
  source: null,
  device: null,
  processor_id: null,
});

const payments: Scenario[] = [
  { operation: 'posPayment', operative: 'AUTHORIZATION' },
  { operation: 'posPreauth', operative: 'DEFERRED' },
].flatMap(({ operation, operative }) => [
  {
    title: 'answers at once, without a hash, and the order stays open',
    request: pay(operation, { customer_ext_id: '$customer', additional: 'Till 1' }),
    status: 200,
    body: {
      order: {
        status: 'CREATED',
        paid: false,
        safe: true,
        token: null,
        customer: '$customer',
        additional: 'Till 1',
        transactions: [{ ...begun(operative, 1000), pos: NOTHING_READ }],
      },
      device: { id: '$device', communication_type: 'SIMULATION', terminal_id: 'T1' },
    },
    without: ['validation_hash'],
  },
  {
    title: 'names every field that is wrong',
    request: { operation, body: { device: 'till', amount: -1 } },
    status: 400,
    body: {
      details:
        'Field device is not valid, Field amount is not valid, Field description is required',
    },
  },
  {
    title: 'says that a device is not connected',
    request: pay(operation, { device: '$socket' }),
    status: 400,
  },
  {
    title: 'does not know the device',
    request: pay(operation, { device: '0123456789abcdef01234567' }),
    status: 404,
    body: { details: 'Device not found: 0123456789abcdef01234567' },
  },
  {
    title: 'does not pay a reference again',
    before: referenceTaken(),
    request: pay(operation, { reference: '$reference' }),
    status: 409,
  },
]);

const onHolds: Scenario[] = [
  { operation: 'posPreauthConfirm', operative: 'CONFIRMATION', reversal: false },
  { operation: 'posPreauthCancel', operative: 'CANCELLATION', reversal: true },
].flatMap(({ operation, operative, reversal }) => [
  {
    title: 'is sent to the device',
    before: held,
    request: onSale(operation),
    status: 200,
    body: {
      order: {
        status: 'PENDING_CONFIRMATION',
        transactions: [
          { status: 'SUCCESS', pos: { brand: 'MASTERCARD', entry_mode: 'CLESS' } },
          { ...begun(operative, 1000), pos: { ...NOTHING_READ, reversal } },
        ],
      },
      device: { id: '$device' },
    },
    without: ['validation_hash'],
  },
  {
    title: 'says that a device is not connected',
    before: held,
    request: onSale(operation, { device: '$socket' }),
    status: 400,
  },
  { title: 'needs a hold', before: sold, request: onSale(operation), status: 400 },
  {
    title: 'does not know the order',
    request: onSale(operation, { order_uuid: '$unknown' }),
    status: 404,
  },
]);

/** Contract C.12. */
export const posmsScenarios: Scenario[] = [
  ...payments,
  ...onHolds,
  {
    title: 'does not confirm more than is held',
    before: held,
    request: onSale('posPreauthConfirm', { amount: 1001 }),
    status: 400,
  },
  {
    title: 'sends a part of the payment back',
    before: sold,
    request: onSale('posRefund', { amount: 400 }),
    status: 200,
    body: {
      order: { status: 'SUCCESS', refunded: 0, transactions: [{}, begun('REFUND', 400)] },
      device: { id: '$device' },
    },
    without: ['validation_hash'],
  },
  {
    title: 'sends back what is left without an amount',
    before: sold,
    request: onSale('posRefund', { amount: null }),
    status: 200,
    body: { order: { transactions: [{}, begun('REFUND', 1000)] } },
  },
  {
    title: 'does not send more back than was paid',
    before: sold,
    request: onSale('posRefund', { amount: 1001 }),
    status: 400,
  },
  {
    title: 'needs a payment',
    before: [step('sale', createOrder())],
    request: onSale('posRefund'),
    status: 400,
  },
  {
    title: 'does not know the order',
    request: onSale('posRefund', { order_uuid: '$unknown' }),
    status: 404,
  },
  {
    title: 'shows a device',
    request: { operation: 'getPosDevice', params: { id: '$device' } },
    status: 200,
    body: {
      device: { id: '$device', identifier: '$device', active: true, configured: true },
    },
  },
  {
    title: 'does not know the device',
    request: { operation: 'getPosDevice', params: { id: '0123456789abcdef01234567' } },
    status: 404,
  },
  {
    title: 'is not an id',
    request: { operation: 'getPosDevice', params: { id: 'till' } },
    status: 404,
  },
  {
    title: 'lists what all filters agree on',
    request: {
      operation: 'listPosDevices',
      suffix:
        '?terminal_id=PPESNA0001&communication_type=SIMULATION&active=true&configured=1' +
        '&created_at_from=202001010000&created_at_to=209901010000' +
        '&updated_at_from=202001010000&updated_at_to=209901010000',
    },
    status: 200,
    body: { devices: [{ terminal_id: 'PPESNA0001', communication_type: 'SIMULATION' }] },
  },
  ...[
    'terminal_id=nobody',
    'active=false',
    'configured=false',
    'identifier=0123456789abcdef01234567',
    'created_at_from=209901010000',
    'updated_at_to=202001010000',
  ].map((filter) => ({
    title: `lists nothing by ${filter}`,
    request: { operation: 'listPosDevices', suffix: `?${filter}` },
    status: 200,
    body: { devices: [] },
  })),
  {
    title: 'names every filter that is wrong',
    request: { operation: 'listPosDevices', suffix: '?active=SOCKET&created_at_to=2021' },
    status: 400,
    body: { details: 'Field active is not valid, Field created_at_to is not valid' },
  },
];
