import { expect } from 'vitest';
import { createOrder, held, onOrder, paid, payable, type Scenario, step } from './scenario.ts';

const confirming: Scenario[] = [
  {
    title: 'confirms a hold',
    before: held(),
    request: onOrder('confirmPayment'),
    status: 200,
    body: {
      order: {
        status: 'SUCCESS',
        paid: true,
        captured: 1000,
        transactions: [{ operative: 'DEFERRED' }, { operative: 'CONFIRMATION', amount: 1000 }],
      },
    },
  },
  {
    title: 'confirms a part of a hold',
    before: held(),
    request: onOrder('confirmPayment', { amount: '400' }),
    status: 200,
    body: { order: { status: 'PARTIALLY_CONFIRMED', paid: true, captured: 400 } },
  },
  {
    title: 'does not confirm more than is held',
    before: held(),
    request: onOrder('confirmPayment', { amount: 1001 }),
    status: 400,
    body: { details: 'Confirmation amount exceeds the held amount' },
  },
  ...[
    { title: 'an order that is paid', before: paid() },
    { title: 'an order that nobody paid', before: payable({ operative: 'DEFERRED' }) },
  ].flatMap(({ title, before }) =>
    ['confirmPayment', 'cancelPayment'].map((operation) => ({
      title: `does not ${operation} ${title}`,
      before,
      request: onOrder(operation),
      status: 400,
      body: { details: 'Order has no confirmation transaction' },
    })),
  ),
  {
    title: 'does not confirm twice',
    before: [...held(), step('confirmed', onOrder('confirmPayment'))],
    request: onOrder('confirmPayment'),
    status: 400,
  },
  {
    title: 'does not confirmPayment an unknown order',
    request: onOrder('confirmPayment', { order_uuid: '$unknown' }),
    status: 404,
    body: { details: expect.stringMatching(/^Order not found: /) },
  },
];

const cancelling: Scenario[] = [
  {
    title: 'cancels a hold',
    before: held(),
    request: onOrder('cancelPayment', { order_uuid: '$order.order.uuid|lower' }),
    status: 200,
    body: {
      order: {
        status: 'CANCELLED',
        paid: false,
        captured: 0,
        transactions: [{ operative: 'DEFERRED' }, { operative: 'CANCELLATION' }],
      },
    },
  },
  {
    title: 'frees the reference of a hold that is cancelled',
    before: [...held({ reference: '$reference' }), step('cancelled', onOrder('cancelPayment'))],
    request: createOrder({ reference: '$reference' }),
    status: 200,
  },
  {
    title: 'does not cancel a hold that is confirmed',
    before: [...held(), step('confirmed', onOrder('confirmPayment', { amount: 1 }))],
    request: onOrder('cancelPayment'),
    status: 400,
  },
  {
    title: 'does not cancelPayment an unknown order',
    request: onOrder('cancelPayment', { order_uuid: '$unknown' }),
    status: 404,
    body: { details: expect.stringMatching(/^Order not found: /) },
  },
];

/** Contract C.3, confirmPayment and cancelPayment. */
export const holdScenarios: Scenario[] = [...confirming, ...cancelling];
