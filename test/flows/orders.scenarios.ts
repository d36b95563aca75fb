import { expect } from 'vitest';
import { createOrder, paid, type Scenario, saveCard, step } from './scenario.ts';

const HOSTED = /^https?:\/\/[^/]+\/v1\/sandbox\/payment\//;

const deleteCard = {
  operation: 'deleteCard',
  body: { card_uuid: '$card.Source.uuid', customer_external_id: '$customer' },
};

const creating: Scenario[] = [
  {
    title: 'creates an order',
    request: createOrder({ url_post: null, additional: 'Café / thé', reference: '$reference' }),
    status: 200,
    body: {
      order: {
        amount: 1000,
        currency: '978',
        paid: false,
        status: 'CREATED',
        safe: false,
        refunded: 0,
        captured: 0,
        additional: 'Café / thé',
        service: 'REDSYS',
        service_uuid: '$services.redsys',
        customer: '$customer',
        transactions: [],
        token: expect.stringMatching(/^[0-9a-f]{128}$/),
        reference: '$reference',
        urls: {
          payment_card: expect.stringMatching(HOSTED),
          '3ds_tokenized': expect.stringMatching(HOSTED),
        },
      },
    },
    without: ['extra_data'],
  },
  ...[true, 1, '1'].map((secure) => ({
    title: `creates a secure order with ${JSON.stringify(secure)}, not safe before 3-D Secure`,
    request: createOrder({ secure }),
    status: 200,
    body: { order: { safe: false } },
  })),
  ...[false, 0].map((secure) => ({
    title: `creates an order that is not secure with ${secure}`,
    request: createOrder({ secure }),
    status: 200,
    body: { order: { safe: false } },
  })),
  {
    title: 'ignores unknown fields, a language and a slash, and echoes extra data',
    request: {
      ...createOrder({
        order_id: 7,
        currency: 'USD',
        service: '$services.paylands|lower',
        extra_data: { profile: { first_name: 'Zoë' } },
      }),
      suffix: '/?lang=es',
    },
    status: 200,
    body: {
      order: { currency: '978', service_uuid: '$services.paylands' },
      extra_data: { profile: { first_name: 'Zoë' } },
    },
    without: ['order.order_id'],
  },
  {
    title: 'takes what PHP makes of nothing and of 19.99 times 100',
    request: createOrder({
      amount: 1998.9999999999998,
      extra_data: { profile: [], address: { city: 'Ávila' }, cof: { reason: [] }, checkout: {} },
    }),
    status: 200,
    body: { order: { amount: 1999 }, extra_data: { address: { city: 'Ávila' } } },
    without: ['extra_data.profile', 'extra_data.cof', 'extra_data.checkout'],
  },
  ...[[], {}, { profile: [] }, { marketplace: [{}] }].map((extra_data) => ({
    title: `takes the extra data ${JSON.stringify(extra_data)} for none`,
    request: createOrder({ extra_data, additional: [], source_uuid: [] }),
    status: 200,
    body: { order: { additional: null } },
    without: ['extra_data'],
  })),
  {
    title: 'names the card of another customer: a shop may make a customer a payment',
    before: [step('card', saveCard({ customer_ext_id: 'somebody-else' }))],
    request: createOrder({ source_uuid: '$card.Source.uuid', secure: true }),
    status: 200,
  },
  {
    title: 'names no card that is unknown',
    request: createOrder({ source_uuid: '$unknown' }),
    status: 404,
    body: { details: expect.stringMatching(/^Card not found: /) },
  },
  {
    title: 'names no card that was deleted',
    before: [step('card', saveCard()), step('gone', deleteCard)],
    request: createOrder({ source_uuid: '$card.Source.uuid' }),
    status: 404,
  },
  {
    title: 'creates no TRANSFER, which nobody could pay',
    request: createOrder({ operative: 'TRANSFER' }),
    status: 400,
    isKept: true,
    body: { details: expect.stringMatching(/^Field operative is not valid: TRANSFER .*PAYOUT/) },
  },
  {
    title: 'refuses a fraction of a cent',
    request: createOrder({ amount: 1998.999 }),
    status: 400,
    body: { details: expect.stringMatching(/^Field amount is not valid/) },
  },
  {
    title: 'creates a customer with its order',
    before: [step('order', createOrder())],
    request: { operation: 'listCustomerCards', params: { customer_ext_id: '$customer' } },
    status: 200,
    body: { cards: [] },
  },
  {
    title: 'refuses an unknown service',
    request: createOrder({ service: 'F46ER1Q8' }),
    status: 400,
    body: { details: 'Service not found: F46ER1Q8' },
  },
  {
    title: 'names every field that is wrong',
    request: { operation: 'createOrder', body: { amount: -1, operative: 'SALE' } },
    status: 400,
    body: {
      details:
        'Field amount is not valid, Field operative is not valid, Field description is required',
    },
  },
  {
    title: 'refuses a reference that is too long for Redsys',
    request: createOrder({ reference: 'r'.repeat(89) }),
    status: 400,
    body: { details: 'Reference is too long for the service' },
  },
  {
    title: 'refuses the reference of an order that is paid',
    before: paid({ reference: '$reference' }),
    request: createOrder({ reference: '$reference' }),
    status: 409,
    body: { message: 'Conflict', details: expect.stringMatching(/^Reference already paid: /) },
  },
  {
    title: 'accepts a reference that nobody has paid yet',
    before: [step('first', createOrder({ reference: '$reference' }))],
    request: createOrder({ reference: '$reference' }),
    status: 200,
  },
];

const reading: Scenario[] = [
  {
    title: 'reads an order',
    before: [step('order', createOrder())],
    request: { operation: 'getOrder', params: { order_uuid: '$order.order.uuid' } },
    status: 200,
    body: { order: { uuid: '$order.order.uuid', token: '$order.order.token' } },
    without: ['order.urls', 'extra_data'],
  },
  {
    title: 'reads an order by its uuid in lower case, with a slash',
    before: paid(),
    request: {
      operation: 'getOrder',
      params: { order_uuid: '$order.order.uuid|lower' },
      suffix: '/',
    },
    status: 200,
    body: { order: '$charge.order', client: '$charge.client' },
  },
  ...['$unknown', 'nonsense', '$customer'].map((order_uuid) => ({
    title: `does not read the order ${order_uuid}`,
    request: { operation: 'getOrder', params: { order_uuid } },
    status: 404,
  })),
];

const rows = (suffix: string) => ({ operation: 'listTransactions', suffix });

const listing: Scenario[] = [
  {
    title: 'lists transactions',
    before: paid({ additional: 'row' }),
    request: rows('?limit=1'),
    status: 200,
    body: {
      count: 1,
      transactions: [
        {
          transactionUUID: '$charge.order.transactions.0.uuid',
          orderUUID: '$order.order.uuid',
          clientUUID: '$order.client.uuid',
          customerExtId: '$customer',
          sourceType: 'VISA',
          holder: 'Jane Doe',
          country: 'ES',
          token: '$card.Source.token',
          pan: '454881****0004',
          created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
          updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
          amount: 1000,
          status: 'SUCCESS',
          error: 'NONE',
          serviceUUID: '$services.redsys',
          type: 'AUTHORIZATION',
          additional: 'row',
          currency: '978',
        },
      ],
    },
  },
  {
    title: 'lists nothing of a window before the first',
    request: rows('?start=200001010000&end=200001020000'),
    status: 200,
    body: { count: 0, transactions: [] },
  },
  {
    title: 'lists nothing of a window that ends before it starts',
    before: paid(),
    request: rows('?start=203001010000&end=202001010000'),
    status: 200,
    body: { count: 0 },
  },
  {
    title: 'lists nothing of a window far in the future',
    before: paid(),
    request: rows('?start=999901010000'),
    status: 200,
    body: { count: 0 },
  },
  {
    title: 'lists nothing of a window that ended long ago',
    request: rows('?end=000101010000'),
    status: 200,
    body: { count: 0 },
  },
  ...['start=yesterday', 'end=202602300000', 'limit=0', 'limit=10001', 'offset=-1'].map(
    (filter) => ({
      title: `refuses the filter ${filter}`,
      request: rows(`?${filter}`),
      status: 400,
      body: { details: `Field ${filter.split('=')[0]} is not valid` },
    }),
  ),
];

/** Contract C.3 (createOrder) and C.4. */
export const orderScenarios: Scenario[] = [...creating, ...reading, ...listing];
