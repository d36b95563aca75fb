import { expect } from 'vitest';
import { held, onOrder, paid, payable, type Scenario, step } from './scenario.ts';

const refunded = (amount: number) => step('part', onOrder('refundPayment', { amount }));

/** Contract C.3, refundPayment. */
export const refundScenarios: Scenario[] = [
  {
    title: 'refunds an order',
    before: paid(),
    request: onOrder('refundPayment', { amount: null }),
    status: 200,
    body: {
      order: {
        status: 'REFUNDED',
        paid: true,
        refunded: 1000,
        transactions: [{ status: 'SUCCESS' }, { operative: 'REFUND', amount: 1000 }],
      },
    },
  },
  {
    title: 'refunds a part of an order',
    before: paid(),
    request: onOrder('refundPayment', { amount: 300, extra_data: { marketplace_refunds: [] } }),
    status: 200,
    body: { order: { status: 'PARTIALLY_REFUNDED', paid: true, refunded: 300 } },
  },
  {
    title: 'refunds nothing when the shares of a marketplace do not add up',
    before: paid(),
    request: onOrder('refundPayment', {
      amount: 300,
      extra_data: {
        marketplace_refunds: [
          { merchant_location_id: 1, amount: 300, net_amount: 200 },
          { merchant_location_id: 2, amount: 90 },
        ],
      },
    }),
    status: 400,
    body: { details: expect.stringMatching(/marketplace_refunds do not add up .*: 290 of 300$/) },
  },
  {
    title: 'refunds the rest of an order',
    before: [...paid(), refunded(300)],
    request: onOrder('refundPayment'),
    status: 200,
    body: { order: { status: 'REFUNDED', refunded: 1000 } },
  },
  {
    title: 'refunds a hold that is confirmed',
    before: [...held(), step('confirmed', onOrder('confirmPayment', { amount: 400 }))],
    request: onOrder('refundPayment', { order_uuid: '$order.order.uuid|lower' }),
    status: 200,
    body: {
      order: {
        status: 'REFUNDED',
        refunded: 400,
        transactions: [
          { operative: 'DEFERRED' },
          { operative: 'CONFIRMATION' },
          { operative: 'REFUND', amount: 400 },
        ],
      },
    },
  },
  ...[
    { before: paid(), amount: 1001 },
    { before: [...paid(), refunded(600)], amount: 401 },
  ].map(({ before, amount }) => ({
    title: `does not refund ${amount}, which is more than is left`,
    before,
    request: onOrder('refundPayment', { amount }),
    status: 400,
    body: { details: 'Refund amount exceeds the refundable amount' },
  })),
  {
    title: 'does not refund a negative amount',
    before: paid(),
    request: onOrder('refundPayment', { amount: -1 }),
    status: 400,
    body: { details: 'Field amount is not valid' },
  },
  ...[
    { title: 'a hold', before: held() },
    { title: 'an order that nobody paid', before: payable() },
    { title: 'what was refunded', before: [...paid(), refunded(1000)] },
  ].map(({ title, before }) => ({
    title: `does not refund ${title}`,
    before,
    request: onOrder('refundPayment'),
    status: 400,
    body: { details: 'Order is not refundable' },
  })),
  {
    title: 'does not refundPayment an unknown order',
    request: onOrder('refundPayment', { order_uuid: '$unknown' }),
    status: 404,
    body: { details: expect.stringMatching(/^Order not found: /) },
  },
];
