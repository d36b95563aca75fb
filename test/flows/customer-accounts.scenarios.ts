import { expect } from 'vitest';
import { type Scenario, type ScenarioRequest, step } from './scenario.ts';

const ACCOUNT = {
  external_id: '$customer',
  account_type: 'ACCOUNT_NUMBER',
  account_number: '100169168',
};

const create = (fields: object = {}): ScenarioRequest => ({
  operation: 'createCustomerAccount',
  body: { ...ACCOUNT, ...fields },
});

const uuid = '$account.customer_account.uuid';
const before = [step('account', create())];
const update = (fields: object = {}): ScenarioRequest => ({
  operation: 'updateCustomerAccount',
  body: { ...ACCOUNT, uuid, account_number: '55', ...fields },
});
const remove = (fields: object = {}): ScenarioRequest => ({
  operation: 'deleteCustomerAccount',
  body: { uuid, ...fields },
});
const read = (params: Record<string, string> = { uuid }): ScenarioRequest => ({
  operation: 'getCustomerAccount',
  params,
});

/** Contract C.5, accounts. */
export const accountScenarios: Scenario[] = [
  {
    title: 'keeps an account of a customer who is new',
    request: create(),
    status: 200,
    body: {
      customer: { external_id: '$customer' },
      customer_account: {
        uuid: expect.stringMatching(/^[0-9A-F-]{36}$/),
        account_type: 'ACCOUNT_NUMBER',
        account_number: '100169168',
      },
    },
  },
  {
    title: 'keeps of a card number what may be kept',
    request: create({ account_type: 'CARD_NUMBER', account_number: '4548 8120 4940 0004' }),
    status: 200,
    body: { customer_account: { account_number: '454881******0004' } },
  },
  {
    title: 'takes a CLABE with its check digit',
    request: create({ account_type: 'ACCOUNT_CLABE', account_number: '032180000118359719' }),
    status: 200,
    body: { customer_account: { account_number: '032180000118359719' } },
  },
  {
    title: 'names a CLABE that is not one',
    request: create({ account_type: 'ACCOUNT_CLABE', account_number: '032180000118359718' }),
    status: 400,
    body: { details: 'Field account_number is not valid' },
  },
  {
    title: 'names every field that is wrong',
    request: create({ account_type: 'PIGGY_BANK', account_number: '' }),
    status: 400,
    body: { details: 'Field account_type is not valid, Field account_number is not valid' },
  },
  {
    title: 'changes an account',
    before,
    request: update({ account_type: 'PERSONAL' }),
    status: 200,
    body: {
      customer: { external_id: '$customer' },
      customer_account: { uuid, account_type: 'PERSONAL', account_number: '55' },
    },
  },
  {
    title: 'changes no account of another customer',
    before,
    request: update({ external_id: '$reference' }),
    status: 404,
    body: { details: expect.stringMatching(/^Customer account not found: /) },
  },
  {
    title: 'changes no unknown account',
    before,
    request: update({ uuid: '$unknown' }),
    status: 404,
  },
  {
    title: 'changes nothing to nothing',
    before,
    request: update({ account_number: null }),
    status: 400,
  },
  {
    title: 'reads a changed account',
    before: [...before, step('changed', update())],
    request: read(),
    status: 200,
    body: { customer_account: { uuid, account_number: '55' } },
    without: ['customer'],
  },
  { title: 'reads no unknown account', request: read({ uuid: '$unknown' }), status: 404 },
  {
    title: 'deletes an account and answers what it was',
    before,
    request: remove(),
    status: 200,
    body: { customer_account: { uuid, account_number: '100169168' } },
    without: ['customer'],
  },
  {
    title: 'deletes an account once',
    before: [...before, step('gone', remove())],
    request: remove(),
    status: 404,
  },
  { title: 'deletes nothing without a uuid', request: { ...remove(), body: {} }, status: 400 },
  {
    title: 'does not read a deleted account',
    before: [...before, step('gone', remove())],
    request: read(),
    status: 404,
  },
];
