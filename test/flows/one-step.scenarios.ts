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
    title: 'leaves a secure order to its buyer, whose reference is free',
    request: oneStep({ secure: true, reference: '$reference' }),
    status: 303,
    body: { details: tokenized },
  },
  ...[
    { threeds_data: { status: 'N', eci: '07' }, status: 'N' },
    { threeds_data: { status: 'R', cavv: 'AAAB', eci: '05' }, status: 'N' },
  ].map(({ threeds_data, status }) => ({
    title: `refuses who was not authenticated: ${JSON.stringify(threeds_data)}`,
    request: oneStep({ threeds_data, secure: true }),
    status: 200,
    body: {
      order: {
        status: 'REFUSED',
        paid: false,
        safe: false,
        captured: 0,
        threeds_data: { status },
        transactions: [{ status: 'REFUSED', error: '0184' }],
      },
    },
  })),
  {
    title: 'leaves to its buyer whom the issuer wants to challenge',
    request: oneStep({ threeds_data: { status: 'C' } }),
    status: 303,
    body: { details: tokenized },
  },
  ...[
    { threeds_data: { status: 'A', eci: '06', cavv: 'AAAB' }, status: 'A' },
    { threeds_data: { eci: '06', cavv: 'AAAB' }, status: 'A' },
    { threeds_data: { eci: '05', cavv: 'AAAB' }, status: 'Y' },
    { threeds_data: { eci: 2, cavv: 'AAAB' }, status: 'Y' },
  ].map(({ threeds_data, status }) => ({
    title: `charges whom the shop has authenticated: ${JSON.stringify(threeds_data)}`,
    request: oneStep({ threeds_data, secure: true }),
    status: 200,
    body: { order: { status: 'SUCCESS', safe: true, threeds_data: { status } } },
  })),
  ...[{ status: 'U' }, { eci: '07', cavv: 'AAAB' }, { eci: '05' }, []].map((threeds_data) => ({
    title: `charges without authentication, not safe: ${JSON.stringify(threeds_data)}`,
    request: oneStep({ threeds_data }),
    status: 200,
    body: { order: { status: 'SUCCESS', safe: false, threeds_data: null } },
  })),
  {
    title: 'asks the buyer of a secure order whose authentication decides nothing',
    request: oneStep({ secure: true, threeds_data: { eci: '07' } }),
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
    title: 'pays through no unknown service',
    request: oneStep({ service: '$unknown' }),
    status: 400,
    body: { details: 'Service not found' },
  },
  {
    title: 'takes no reference that is too long for Redsys',
    request: oneStep({ reference: 'r'.repeat(89) }),
    status: 400,
    body: { details: 'Reference is too long for the service' },
  },
  {
    title: 'does not pay a reference again',
    before: paid({ reference: '$reference' }),
    request: oneStep({ reference: '$reference' }),
    status: 409,
  },
];
