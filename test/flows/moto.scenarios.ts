import { createOrder, onOrder, payable, referenceTaken, type Scenario, step } from './scenario.ts';

const stored = (fields: object = {}) =>
  onOrder('motoApiPayment', { method: 'MAIL', source_uuid: '$card.Source.uuid', ...fields });

const DATA = {
  card_holder: 'Jane Doe',
  card_pan: '4548812049400004',
  card_expiry_month: '12',
  card_expiry_year: '34',
};

const entered = (fields: object = {}) =>
  onOrder('motoApiPayment', { method: 'PHONE', ...DATA, ...fields });

/** Contract C.3, motoApiPayment. */
export const motoScenarios: Scenario[] = [
  {
    title: 'charges a stored card',
    before: payable({ secure: true }),
    request: stored(),
    status: 200,
    body: { order: { status: 'SUCCESS', transactions: [{ source: { last4: '0004' } }] } },
  },
  {
    title: 'charges the data of a card',
    before: [step('order', createOrder())],
    request: entered({ card_cvv: '', card_additional: 'by phone' }),
    status: 200,
    body: { order: { status: 'SUCCESS', transactions: [{ source: { additional: 'by phone' } }] } },
  },
  {
    title: 'does not ask for authentication',
    before: payable({ service: '$services.paylands' }, { card_pan: '5223798193659108' }),
    request: stored(),
    status: 200,
    body: { order: { status: 'SUCCESS' } },
  },
  {
    title: 'takes no stored card together with data',
    before: payable(),
    request: stored(DATA),
    status: 400,
  },
  {
    title: 'needs a card',
    before: payable(),
    request: stored({ source_uuid: null }),
    status: 400,
    body: { details: 'Field source_uuid is not valid' },
  },
  {
    title: 'needs all data of a card',
    before: payable(),
    request: entered({ card_holder: undefined }),
    status: 400,
    body: { details: 'Field card_holder is required' },
  },
  {
    title: 'charges no payout',
    before: payable({ operative: 'PAYOUT' }),
    request: stored(),
    status: 400,
    body: { details: 'Order operative does not allow this operation' },
  },
  {
    title: 'does not charge an order that is unknown',
    before: payable(),
    request: stored({ order_uuid: '$unknown' }),
    status: 404,
    body: { details: 'Order token not found' },
  },
  {
    title: 'does not charge a card that is unknown',
    before: payable(),
    request: stored({ source_uuid: '$unknown' }),
    status: 404,
  },
  {
    title: 'does not pay a reference again',
    before: referenceTaken(),
    request: stored(),
    status: 409,
  },
];
