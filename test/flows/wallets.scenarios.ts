import { expect } from 'vitest';
import { createOrder, onOrder, referenceTaken, type Scenario, step } from './scenario.ts';

const wallet = (payload: unknown, fields: object = {}) =>
  onOrder('walletPayment', { wallet: 'GOOGLEPAY', payload, ...fields });

const before = [step('order', createOrder())];

/** Contract C.3, walletPayment. */
export const walletScenarios: Scenario[] = [
  {
    title: 'charges what Google Pay hands over',
    before,
    request: wallet({ sandbox: 'OK' }, { flow: 'WEB', customer_ip: '1.2.3.4' }),
    status: 200,
    body: {
      order: {
        status: 'SUCCESS',
        safe: false,
        transactions: [{ source: { origin: 'WALLET', is_saved: false } }],
      },
    },
  },
  {
    title: 'charges what Apple Pay hands over, as authenticated',
    before,
    request: wallet('{"sandbox":"SCA"}', { wallet: 'APPLEPAY', flow: null }),
    status: 200,
    body: { order: { status: 'SUCCESS', safe: true } },
  },
  {
    title: 'sends the buyer of a secure order to the issuer with Google Pay',
    before: [step('order', createOrder({ secure: true }))],
    request: wallet({ sandbox: 'OK' }),
    status: 303,
    body: { details: expect.stringContaining('/payment/tokenized/') },
  },
  {
    title: 'charges a secure order with Apple Pay, which authenticates',
    before: [step('order', createOrder({ secure: true }))],
    request: wallet('{"sandbox":"OK"}', { wallet: 'APPLEPAY' }),
    status: 200,
    body: { order: { status: 'SUCCESS', safe: true } },
  },
  {
    title: 'may send the buyer of Google Pay to the issuer',
    before,
    request: wallet({ sandbox: 'SCA' }),
    status: 303,
    body: { details: expect.stringContaining('/payment/tokenized/') },
  },
  {
    title: 'sends who hands over garbage to a page that says so',
    before,
    request: wallet('garbage'),
    status: 303,
    body: { details: expect.stringMatching(/\/v1\/sandbox\/payment\/wrong$/) },
  },
  {
    title: 'does not charge a payout',
    before: [step('order', createOrder({ operative: 'PAYOUT' }))],
    request: wallet({ sandbox: 'OK' }),
    status: 400,
  },
  {
    title: 'does not charge an order that another wallet was refused for',
    before: [...before, { ...step('refused', wallet('garbage')), mayBe: 303 }],
    request: wallet({ sandbox: 'OK' }),
    status: 404,
    body: { details: 'Order token not found' },
  },
  {
    title: 'does not pay a reference again',
    before: referenceTaken(),
    request: wallet({ sandbox: 'OK' }),
    status: 409,
  },
];
