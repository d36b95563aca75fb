import { expect } from 'vitest';
import { type Scenario, type ScenarioRequest, step } from './scenario.ts';

const ADDRESS = {
  external_id: '$customer',
  address1: 'Ronda',
  address2: 'Magdalena',
  address3: 'número 20',
  city: 'Castellón',
  state_code: 'Castellón',
  country: 'ESP',
  zip_code: '12006',
  default: false,
};

const create = (fields: object = {}): ScenarioRequest => ({
  operation: 'createCustomerAddress',
  body: { ...ADDRESS, ...fields },
});

const uuid = '$address.customer_address.uuid';
const before = [step('address', create())];
const update = (fields: object = {}): ScenarioRequest => ({
  operation: 'updateCustomerAddress',
  body: { ...ADDRESS, uuid, ...fields },
});
const remove: ScenarioRequest = { operation: 'deleteCustomerAddress', body: { uuid } };
const read = (params: Record<string, string> = { uuid }): ScenarioRequest => ({
  operation: 'getCustomerAddress',
  params,
});
const { external_id: _externalId, ...answered } = ADDRESS;

/** Contract C.5, addresses. */
export const addressScenarios: Scenario[] = [
  {
    title: 'keeps an address as the documentation’s example sends it, without a type',
    request: create(),
    status: 200,
    body: {
      customer: { external_id: '$customer' },
      customer_address: { ...answered, type: 'OTHER' },
    },
  },
  {
    title: 'understands a country of two letters',
    request: create({ country: 'pt', type: 'BILLING', address2: null, address3: '' }),
    status: 200,
    body: {
      customer_address: { country: 'PRT', type: 'BILLING', address2: null, address3: null },
    },
  },
  {
    title: 'names every field that is wrong or missing',
    request: create({ country: 'XXX', address1: 'x'.repeat(51), type: 'HOME', city: null }),
    status: 400,
    body: {
      details:
        'Field address1 is not valid, Field city is not valid, Field country is not valid, Field type is not valid',
    },
  },
  {
    title: 'changes an address and leaves its type',
    before: [step('address', create({ type: 'SHIPPING' }))],
    request: update({ address1: 'Calle Mayor 1' }),
    status: 200,
    body: { customer_address: { uuid, address1: 'Calle Mayor 1', type: 'SHIPPING' } },
  },
  {
    title: 'does not change the type of an address',
    before,
    request: update({ type: 'BILLING' }),
    status: 400,
    body: { details: expect.stringMatching(/^Address type cannot be changed: /) },
  },
  {
    title: 'changes no address of another customer',
    before,
    request: update({ external_id: '$reference' }),
    status: 404,
    body: { details: expect.stringMatching(/^Customer address not found: /) },
  },
  {
    title: 'a new default takes the place of the one before',
    before: [step('address', create({ default: true })), step('second', create({ default: 1 }))],
    request: read(),
    status: 200,
    body: { customer_address: { default: false } },
  },
  {
    title: 'the new default is one',
    before: [step('first', create({ default: true })), step('address', create({ default: true }))],
    request: read(),
    status: 200,
    body: { customer_address: { default: true } },
    without: ['customer'],
  },
  { title: 'reads no unknown address', request: read({ uuid: '$unknown' }), status: 404 },
  {
    title: 'deletes an address and answers what it was',
    before,
    request: remove,
    status: 200,
    body: { customer_address: { uuid, ...answered } },
  },
  {
    title: 'deletes an address once',
    before: [...before, step('gone', remove)],
    request: remove,
    status: 404,
  },
  {
    title: 'needs to know which address to delete',
    request: { ...remove, body: { uuid: '1' } },
    status: 400,
  },
];
