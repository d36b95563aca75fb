import {
  createOrder,
  directPayment,
  onOrder,
  paid,
  referenceTaken,
  type Scenario,
  saveCard,
  step,
} from './scenario.ts';

const order = (fields: object = {}) =>
  step('order', createOrder({ operative: 'PAYOUT', ...fields }));

/** A customer who has paid, and an order to send money to that customer. */
const before = [...paid(), order()];

/** Contract C.3, payout. */
export const payoutScenarios: Scenario[] = [
  {
    title: 'sends money to the card that was paid with last',
    before,
    request: onOrder('payout', { customer_ip: '1.2.3.4' }),
    status: 200,
    body: {
      order: {
        status: 'SUCCESS',
        paid: true,
        transactions: [
          { operative: 'PAYOUT', status: 'SUCCESS', source: { uuid: '$card.Source.uuid' } },
        ],
      },
    },
  },
  {
    title: 'sends money to a card that is named',
    before,
    request: onOrder('payout', { source_uuid: '$card.Source.uuid' }),
    status: 200,
    body: { order: { status: 'SUCCESS' } },
  },
  {
    title: 'needs the way where the service has several',
    before: [...paid(), order({ service: '$services.sibs' })],
    request: onOrder('payout'),
    status: 400,
  },
  {
    title: 'goes to no card that has never paid',
    before: [...before, step('fresh', saveCard())],
    request: onOrder('payout', { source_uuid: '$fresh.Source.uuid' }),
    status: 400,
  },
  {
    title: 'is not for payments',
    before: [...paid(), step('order', createOrder())],
    request: onOrder('payout'),
    status: 400,
    body: { details: 'Order operative does not allow this operation' },
  },
  {
    title: 'happens once',
    before: [...before, step('first', onOrder('payout'))],
    request: onOrder('payout'),
    status: 404,
    body: { details: 'Order token not found' },
  },
  {
    title: 'does not use a reference again',
    before: [
      ...referenceTaken({ operative: 'PAYOUT' }),
      step('earlier', createOrder()),
      step('paid', directPayment({ order_uuid: '$earlier.order.uuid' })),
    ],
    request: onOrder('payout'),
    status: 409,
  },
];
