import { expect } from 'vitest';
import {
  createOrder,
  directPayment,
  OTHER_PAN,
  onOrder,
  paid,
  payable,
  type Scenario,
  saveCard,
  step,
} from './scenario.ts';

/** Test cards of contract E. */
const REFUSED_BY_REDSYS = { card_pan: OTHER_PAN };
const SOFT_DECLINE = { card_pan: '5223798193659108' };
const PARTIAL = { card_pan: '4000058400000071' };
const paylands = { service: '$services.paylands' };

/** Contract C.3, directPayment. */
export const chargeScenarios: Scenario[] = [
  {
    title: 'charges an order',
    before: payable({ additional: 'a' }),
    request: directPayment({ customer_ip: '1.2.3.4' }),
    status: 200,
    body: {
      order: {
        status: 'SUCCESS',
        paid: true,
        captured: 1000,
        ip: '1.2.3.4',
        transactions: [
          {
            operative: 'AUTHORIZATION',
            status: 'SUCCESS',
            amount: 1000,
            error: 'NONE',
            error_details: null,
            authorization: expect.stringMatching(/^\d{6}$/),
            source: { uuid: '$card.Source.uuid', token: '$card.Source.token' },
          },
        ],
      },
    },
  },
  {
    title: 'sends the buyer of a secure order to the issuer, like a charge in one step',
    before: payable({ secure: true }),
    request: directPayment(),
    status: 303,
    body: { details: expect.stringContaining('/payment/tokenized/') },
  },
  {
    title: 'sends nobody to the issuer with the card of somebody else',
    before: payable({ secure: true }, { customer_ext_id: 'another-customer' }),
    request: directPayment(),
    status: 404,
    body: { details: expect.stringMatching(/^Card not found: /) },
  },
  {
    title: 'says in the answer already that the card is valid now, and not safe',
    before: payable(),
    request: directPayment(),
    status: 200,
    body: {
      order: {
        safe: false,
        transactions: [{ source: { validation_date: expect.stringMatching(/^\d{4}-/) } }],
      },
    },
  },
  {
    title: 'charges with uuids in lower case, a slash and an IPv6 address',
    before: payable(),
    request: {
      ...directPayment({
        order_uuid: '$order.order.uuid|lower',
        card_uuid: '$card.Source.uuid|lower',
        customer_ip: '::1',
      }),
      suffix: '/',
    },
    status: 200,
    body: { order: { uuid: '$order.order.uuid', status: 'SUCCESS' } },
  },
  {
    title: 'holds the money of a DEFERRED order',
    before: payable({ operative: 'DEFERRED' }),
    request: directPayment(),
    status: 200,
    body: {
      order: {
        status: 'PENDING_CONFIRMATION',
        paid: false,
        captured: 0,
        transactions: [{ operative: 'DEFERRED', status: 'SUCCESS' }],
      },
    },
  },
  {
    title: 'answers a refused payment as a success of the operation',
    before: payable({}, REFUSED_BY_REDSYS),
    request: directPayment(),
    status: 200,
    body: {
      message: 'OK',
      order: {
        status: 'REFUSED',
        paid: false,
        captured: 0,
        transactions: [
          {
            operative: 'AUTHORIZATION',
            status: 'REFUSED',
            error: '0190',
            authorization: '',
            error_details: { error_description: expect.any(String) },
          },
        ],
      },
    },
  },
  {
    title: 'captures what a partial authorisation gives',
    before: payable(paylands, PARTIAL),
    request: directPayment(),
    status: 200,
    body: { order: { amount: 1000, captured: 500, transactions: [{ amount: 500 }] } },
  },
  {
    title: 'sends the buyer to the authentication page after a soft decline',
    before: payable(paylands, SOFT_DECLINE),
    request: directPayment(),
    status: 303,
    body: {
      message: 'See Other',
      details: expect.stringMatching(/^https?:.*\/v1\/sandbox\/payment\/tokenized\/[0-9a-f]{128}$/),
    },
  },
  {
    title: 'waits for the authentication after a soft decline',
    before: [
      ...payable(paylands, SOFT_DECLINE),
      { ...step('declined', directPayment()), mayBe: 303 },
    ],
    request: { operation: 'getOrder', params: { order_uuid: '$order.order.uuid' } },
    status: 200,
    body: {
      order: { status: 'AUTHENTICATION_REQUIRED', paid: false, transactions: [{ error: '0195' }] },
    },
  },
  {
    title: 'does not charge an order that is no payment',
    before: payable({ operative: 'PAYOUT' }),
    request: directPayment(),
    status: 400,
    body: { details: 'Order operative does not allow this operation' },
  },
  {
    title: 'does not charge an order without a customer',
    before: payable({ customer_ext_id: null }),
    request: directPayment(),
    status: 400,
    body: { details: 'Order has no customer_ext_id' },
  },
  {
    title: 'does not charge without a card',
    before: payable(),
    request: onOrder('directPayment'),
    status: 400,
    body: { details: 'Field card_uuid is required' },
  },
  {
    title: 'does not charge an unknown order',
    before: [step('card', saveCard())],
    request: directPayment({ order_uuid: '$unknown' }),
    status: 404,
    body: { details: 'Order token not found' },
  },
  {
    title: 'does not charge an unknown card',
    before: payable(),
    request: directPayment({ card_uuid: '$unknown' }),
    status: 404,
    body: { details: expect.stringMatching(/^Card not found: /) },
  },
  {
    title: 'does not charge the card of another customer',
    before: payable({}, { customer_ext_id: 'somebody-else' }),
    request: directPayment(),
    status: 404,
  },
  {
    title: 'does not charge an order twice',
    before: paid(),
    request: directPayment(),
    status: 404,
    body: { details: 'Order token not found' },
  },
  {
    title: 'does not charge an order that was refused',
    before: [...payable({}, REFUSED_BY_REDSYS), step('refused', directPayment())],
    request: directPayment(),
    status: 404,
    body: { details: 'Order token not found' },
  },
  {
    title: 'does not charge two orders with one reference',
    before: [
      step('second', createOrder({ reference: '$reference' })),
      ...paid({ reference: '$reference' }),
    ],
    request: directPayment({ order_uuid: '$second.order.uuid' }),
    status: 409,
    body: { details: expect.stringMatching(/^Reference already paid: /) },
  },
];
