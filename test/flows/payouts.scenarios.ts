import { expect } from 'vitest';
import { saveBank } from './banks.scenarios.ts';
import {
  createOrder,
  directPayment,
  OTHER_PAN,
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
    title: 'names the ways of the service that has several',
    before: [...paid(), order({ service: '$services.sibs' })],
    request: onOrder('payout', { apm: '' }),
    status: 400,
    body: { details: expect.stringContaining('apm is required (BIZUM, TRANSFER)') },
  },
  {
    title: 'takes CARD for no way at all: the card must have paid, all the same',
    before: [...before, step('fresh', saveCard({ card_pan: OTHER_PAN }))],
    request: onOrder('payout', { source_uuid: '$fresh.Source.uuid', apm: 'CARD' }),
    status: 400,
    body: { details: expect.stringMatching(/^Card has no earlier payment/) },
  },
  {
    title: 'goes to the card when the way is CARD',
    before,
    request: onOrder('payout', { apm: 'CARD' }),
    status: 200,
    body: {
      order: {
        status: 'SUCCESS',
        safe: false,
        transactions: [{ operative: 'PAYOUT', source: { uuid: '$card.Source.uuid' } }],
      },
    },
  },
  {
    title: 'goes to no card of somebody else, whatever the way',
    before: [...before, step('other', saveCard({ customer_ext_id: 'another-customer' }))],
    request: onOrder('payout', { source_uuid: '$other.Source.uuid', apm: 'CARD' }),
    status: 404,
    body: { details: expect.stringMatching(/^Card not found/) },
  },
  {
    title: 'goes to no card that has paid at another terminal only',
    before: [...paid({ service: '$services.clearhaus' }), order()],
    request: onOrder('payout', { source_uuid: '$card.Source.uuid' }),
    status: 400,
    body: { details: expect.stringMatching(/^Card has no earlier payment/) },
  },
  {
    title: 'goes to a card that has paid here under another entry',
    before: [
      ...paid({ service: '$services.clearhaus' }),
      step('here', createOrder()),
      step('again', directPayment({ order_uuid: '$here.order.uuid' })),
      order(),
    ],
    request: onOrder('payout', { source_uuid: '$card.Source.uuid' }),
    status: 200,
    body: { order: { transactions: [{ source: { uuid: '$card.Source.uuid' } }] } },
  },
  {
    title: 'by transfer needs an account of the customer',
    before: [...paid(), order({ service: '$services.sibs' })],
    request: onOrder('payout', { apm: 'TRANSFER' }),
    status: 400,
    body: { details: expect.stringContaining('account of the customer') },
  },
  {
    title: 'by transfer goes to the only account of the customer',
    before: [order({ service: '$services.sibs' }), step('bank', saveBank())],
    request: onOrder('payout', { apm: 'TRANSFER' }),
    status: 200,
    body: {
      order: {
        status: 'SUCCESS',
        paid: true,
        transactions: [
          {
            operative: 'PAYOUT',
            status: 'SUCCESS',
            source: {
              object: 'BANK_ACCOUNT',
              uuid: '$bank.Source.uuid',
              iban: 'ES90****************0202',
            },
          },
        ],
      },
    },
  },
  {
    title: 'by transfer goes to the account that is named',
    before: [
      order({ service: '$services.sibs' }),
      step('bank', saveBank()),
      step('second', saveBank({ iban: 'NO9386011117947' })),
    ],
    request: onOrder('payout', { apm: 'TRANSFER', source_uuid: '$second.Source.uuid' }),
    status: 200,
    body: { order: { transactions: [{ source: { uuid: '$second.Source.uuid' } }] } },
  },
  {
    title: 'by transfer does not choose between accounts',
    before: [
      order({ service: '$services.sibs' }),
      step('bank', saveBank()),
      step('second', saveBank({ iban: 'NO9386011117947' })),
    ],
    request: onOrder('payout', { apm: 'TRANSFER' }),
    status: 400,
    body: { details: expect.stringContaining('source_uuid must name one') },
  },
  {
    title: 'by transfer goes to no account of another customer',
    before: [
      order({ service: '$services.sibs' }),
      step('bank', saveBank({ customer_ext_id: '$reference' })),
    ],
    request: onOrder('payout', { apm: 'TRANSFER', source_uuid: '$bank.Source.uuid' }),
    status: 404,
  },
  {
    title: 'keeps what it knows of a bank account that was deleted since',
    before: [
      order({ service: '$services.sibs' }),
      step('bank', saveBank()),
      step('payout', onOrder('payout', { apm: 'TRANSFER' })),
      step('gone', {
        operation: 'deleteBank',
        body: { source_uuid: '$bank.Source.uuid', customer_ext_id: '$customer' },
      }),
    ],
    request: { operation: 'getOrder', params: { order_uuid: '$order.order.uuid' } },
    status: 200,
    body: { order: { transactions: [{ source: { holder: 'John Doe' } }] } },
  },
  {
    title: 'by a way that the service has not says which it has',
    before: [...paid(), order({ service: '$services.sibs' })],
    request: onOrder('payout', { apm: 'PIX' }),
    status: 400,
    body: { details: 'The service has no payout by apm PIX: it has BIZUM, TRANSFER' },
  },
  {
    title: 'goes to no card that has never paid',
    before: [...before, step('fresh', saveCard({ card_pan: OTHER_PAN }))],
    request: onOrder('payout', { source_uuid: '$fresh.Source.uuid' }),
    status: 400,
  },
  {
    title: 'by Bizum needs a telephone number',
    before: [...paid(), order({ service: '$services.sibs' })],
    request: onOrder('payout', { apm: 'BIZUM' }),
    status: 400,
    body: { details: expect.stringContaining('Order has no telephone number') },
  },
  {
    title: 'needs a customer who gets it',
    before: [order({ customer_ext_id: null })],
    request: onOrder('payout'),
    status: 400,
    body: { details: 'Order has no customer_ext_id' },
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
