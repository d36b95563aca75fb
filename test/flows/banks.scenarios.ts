import { expect } from 'vitest';
import { type Scenario, type ScenarioRequest, step } from './scenario.ts';

export const saveBank = (fields: object = {}): ScenarioRequest => ({
  operation: 'saveBank',
  body: {
    customer_ext_id: '$customer',
    account_holder: 'John Doe',
    iban: 'ES9030350000070000000202',
    additional: 'bank12345',
    ...fields,
  },
});

const uuid = '$bank.Source.uuid';
const before = [step('bank', saveBank())];
const remove = (fields: object = {}): ScenarioRequest => ({
  operation: 'deleteBank',
  body: { source_uuid: uuid, customer_ext_id: '$customer', ...fields },
});
const read = (params: Record<string, string> = { uuid }): ScenarioRequest => ({
  operation: 'getBank',
  params,
});
const list: ScenarioRequest = {
  operation: 'listCustomerBanks',
  params: { customer_ext_id: '$customer' },
};

/** Contract C.7. */
export const bankScenarios: Scenario[] = [
  {
    title: 'keeps a bank account and shows the ends of its number',
    request: saveBank(),
    status: 200,
    body: {
      Customer: { external_id: '$customer' },
      Source: {
        object: 'BANK_ACCOUNT',
        holder: 'John Doe',
        iban: 'ES90****************0202',
        bic: 'CLPEES2M',
        bank: 'CAJA LABORAL POPULAR, C.C.',
        country: 'ES',
        additional: 'bank12345',
        creation_date: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      },
    },
  },
  {
    title: 'takes a number with blanks, of a bank that it does not know',
    request: saveBank({ iban: 'de89 3704 0044 0532 0130 00', additional: null }),
    status: 200,
    body: { Source: { iban: 'DE89**************3000', country: 'DE', bic: null, bank: null } },
  },
  {
    title: 'keeps a number once per customer',
    before,
    request: saveBank({ iban: 'ES90 3035 0000 0700 0000 0202', account_holder: 'J. Doe' }),
    status: 200,
    body: { Source: { uuid, holder: 'J. Doe' } },
  },
  {
    title: 'names a number that is none',
    request: saveBank({ iban: 'ES9030350000070000000203', account_holder: '' }),
    status: 400,
    body: { details: 'Field account_holder is not valid, Field iban is not valid' },
  },
  {
    title: 'reads a bank account',
    before,
    request: read(),
    status: 200,
    body: { bank: { uuid, iban: 'ES90****************0202' } },
  },
  {
    title: 'reads no unknown bank account',
    request: read({ uuid: '$unknown' }),
    status: 404,
    body: { details: expect.stringMatching(/^Bank account not found: /) },
  },
  {
    title: 'lists the bank accounts of a customer, oldest first',
    before: [...before, step('second', saveBank({ iban: 'NO9386011117947' }))],
    request: list,
    status: 200,
    body: { banks: [{ uuid }, { uuid: '$second.Source.uuid' }] },
  },
  {
    title: 'lists none of a customer without any',
    before: [
      step('known', { operation: 'createCustomer', body: { customer_ext_id: '$customer' } }),
    ],
    request: list,
    status: 200,
    body: { banks: [] },
  },
  { title: 'lists none of an unknown customer', request: list, status: 404 },
  { title: 'deletes a bank account', before, request: remove(), status: 200 },
  {
    title: 'deletes no bank account of another customer',
    before,
    request: remove({ customer_ext_id: '$reference' }),
    status: 404,
  },
  {
    title: 'deletes once',
    before: [...before, step('gone', remove())],
    request: remove(),
    status: 404,
  },
  {
    title: 'deletes nothing without a uuid',
    before,
    request: remove({ source_uuid: null }),
    status: 400,
  },
  {
    title: 'lists no deleted bank account',
    before: [...before, step('gone', remove())],
    request: list,
    status: 200,
    body: { banks: [] },
  },
];
