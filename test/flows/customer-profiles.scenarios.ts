import { expect } from 'vitest';
import { type Scenario, type ScenarioRequest, step } from './scenario.ts';

const phone = { number: '666554411', prefix: '+34' };

/** The documentation's example, word by word. */
const PROFILE = {
  external_id: '$customer',
  first_name: 'Paco',
  last_name: 'García',
  cardholder_name: 'Paco Garcia',
  document_identification_issuer_type: 'STATE_GOVERNMENT',
  document_identification_type: 'ALIEN_REGISTRATION_CARD',
  document_identification_number: '12345678A',
  email: 'aaronarriero_.@gmail.co.com',
  phone,
  work_phone: { number: 961234567, prefix: 34 },
  home_phone: { number: '21 123 45 67', prefix: '351' },
  mobile_phone: phone,
  occupation: 'ball juggler',
  social_security_number: '1212121212',
  birthdate: '1986-03-06',
  source_of_funds: 'Bank',
};

const create = (fields: object = {}): ScenarioRequest => ({
  operation: 'createCustomerProfile',
  body: { ...PROFILE, ...fields },
});
const update = (fields: object = {}): ScenarioRequest => ({
  operation: 'updateCustomerProfile',
  body: { ...PROFILE, ...fields },
});
const read: ScenarioRequest = {
  operation: 'getCustomerProfile',
  params: { external_id: '$customer' },
};
const before = [step('profile', create())];
const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const { external_id: _externalId, ...answered } = {
  ...PROFILE,
  work_phone: { number: '961234567', prefix: '34' },
};

/** Contract C.5, profiles. */
export const profileScenarios: Scenario[] = [
  {
    title: 'keeps the profile of a customer who is new',
    request: create(),
    status: 200,
    body: {
      customer: { external_id: '$customer' },
      customer_profile: { ...answered, created_at: time, updated_at: time },
    },
    without: ['customer_profile.external_id'],
  },
  {
    title: 'needs no telephone, and takes an empty one for none',
    request: create({
      phone: [],
      work_phone: { number: '', prefix: '' },
      home_phone: {},
      mobile_phone: undefined,
    }),
    status: 200,
    body: {
      customer_profile: { phone: null, work_phone: null, home_phone: null, mobile_phone: null },
    },
  },
  {
    title: 'takes a telephone as a buyer has typed it',
    request: create({ phone: { number: '+34 666 55 44 11', prefix: '+34' } }),
    status: 200,
    body: { customer_profile: { phone: { number: '+34 666 55 44 11', prefix: '+34' } } },
  },
  {
    title: 'names every field that is wrong',
    request: create({
      first_name: null,
      document_identification_type: 'LIBRARY_CARD',
      email: 'nobody',
      phone: { number: 'none', prefix: '+34' },
      birthdate: '1986-02-30',
    }),
    status: 400,
    body: {
      details:
        'Field first_name is not valid, Field document_identification_type is not valid, Field email is not valid, Field phone.number is not valid, Field birthdate is not valid',
    },
  },
  { title: 'keeps one profile of a customer', before, request: create(), status: 409 },
  {
    title: 'changes a profile; what is not sent is gone',
    before,
    request: update({ first_name: 'Francisco', phone: null }),
    status: 200,
    body: {
      customer_profile: {
        first_name: 'Francisco',
        phone: null,
        created_at: '$profile.customer_profile.created_at',
      },
    },
  },
  {
    title: 'changes no profile that is not there',
    request: update(),
    status: 404,
    body: { details: expect.stringMatching(/^Customer profile not found: /) },
  },
  {
    title: 'changes no profile to a nameless one',
    before,
    request: update({ last_name: '' }),
    status: 400,
  },
  {
    title: 'reads a profile by the merchant’s id',
    before: [...before, step('changed', update({ occupation: 'juggler' }))],
    request: read,
    status: 200,
    body: { customer_profile: { occupation: 'juggler' } },
    without: ['customer'],
  },
  { title: 'reads no profile of an unknown customer', request: read, status: 404 },
];
