import { expect } from 'vitest';
import { CARD, paid, type Scenario, type ScenarioRequest } from './scenario.ts';

const oneStep = (fields: object = {}): ScenarioRequest => ({
  operation: 'chargeOneStep',
  body: {
    amount: 1000,
    operative: 'AUTHORIZATION',
    description: 'Test',
    service: '$services.redsys',
    ...CARD,
    ...fields,
  },
});

const tokenized = expect.stringMatching(/\/v1\/sandbox\/payment\/tokenized\/[0-9a-f]{128}$/);

/** Contract C.3, chargeOneStep. */
export const oneStepScenarios: Scenario[] = [
  {
    title: 'creates an order and charges it',
    request: oneStep({ card_additional: 'mine', additional: 'a', customer_ip: '1.2.3.4' }),
    status: 200,
    body: {
      order: {
        status: 'SUCCESS',
        paid: true,
        additional: 'a',
        ip: '1.2.3.4',
        transactions: [{ status: 'SUCCESS', source: { last4: '0004', additional: 'mine' } }],
      },
    },
  },
  {
    title: 'holds the money of a DEFERRED order',
    request: oneStep({ operative: 'DEFERRED' }),
    status: 200,
    body: { order: { status: 'PENDING_CONFIRMATION', paid: false } },
  },
  {
    title: 'answers a refused payment as a success of the operation',
    request: oneStep({ card_pan: '4111111111111111' }),
    status: 200,
    body: { order: { status: 'REFUSED', transactions: [{ error: '0190' }] } },
  },
  {
    title: 'leaves a secure order to its buyer',
    request: oneStep({ secure: true }),
    status: 303,
    body: { details: tokenized },
  },
  {
    title: 'is no payout',
    request: oneStep({ operative: 'PAYOUT' }),
    status: 400,
    body: { details: 'Order operative does not allow this operation' },
  },
  {
    title: 'takes no descriptor that Redsys would refuse',
    request: oneStep({ dynamic_descriptor: 'PNP*Shop' }),
    status: 400,
  },
  {
    title: 'does not pay a reference again',
    before: paid({ reference: '$reference' }),
    request: oneStep({ reference: '$reference' }),
    status: 409,
  },
];
