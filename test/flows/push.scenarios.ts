import { createOrder, onOrder, referenceTaken, type Scenario, step } from './scenario.ts';

const extra_data = { profile: { phone: { prefix: '+34', number: '700000000' } } };
const before = [step('order', createOrder({ extra_data }))];

/** Contract C.3, pushPayment. */
export const pushScenarios: Scenario[] = [
  {
    title: 'asks the buyer and answers at once',
    before,
    request: onOrder('pushPayment', { apm: 'BIZUM' }),
    status: 200,
    body: {
      order: {
        status: 'PENDING_PAYMENT',
        paid: false,
        transactions: [{ status: 'PENDING', source: null, bizum: { phone_number: '347XXXXX000' } }],
      },
      extra_data,
    },
  },
  {
    title: 'needs a telephone number',
    before: [step('order', createOrder())],
    request: onOrder('pushPayment'),
    status: 400,
  },
  {
    title: 'asks by the way that the service has, when none is named',
    before: [step('order', createOrder({ extra_data, service: '$services.sibs' }))],
    request: onOrder('pushPayment', { apm: null }),
    status: 200,
    body: { order: { status: 'PENDING_PAYMENT' } },
    without: ['order.transactions.0.bizum'],
  },
  ...[
    { apm: 'MBWAY', service: '$services.redsys', ways: 'BIZUM' },
    { apm: 'BIZUM', service: '$services.sibs', ways: 'MBWAY' },
    { apm: 'BIZUM', service: '$services.credorax', ways: 'none' },
  ].map(({ apm, service, ways }) => ({
    title: `does not ask by ${apm} where ${service} takes ${ways}`,
    before: [step('order', createOrder({ extra_data, service }))],
    request: onOrder('pushPayment', { apm }),
    status: 400,
    body: { details: `The service does not take apm ${apm}: it takes ${ways}` },
  })),
  {
    title: 'does not ask for a payout',
    before: [step('order', createOrder({ extra_data, operative: 'PAYOUT' }))],
    request: onOrder('pushPayment'),
    status: 400,
    body: { details: 'Order operative does not allow this operation' },
  },
  {
    title: 'does not ask for an order that is unknown',
    before,
    request: onOrder('pushPayment', { order_uuid: '$unknown' }),
    status: 404,
  },
  {
    title: 'does not pay a reference again',
    before: referenceTaken({ extra_data }),
    request: onOrder('pushPayment', { apm: null }),
    status: 409,
  },
];
