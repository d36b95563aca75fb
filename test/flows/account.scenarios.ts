import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

/** Contract C.2 and C.5. */
export const accountScenarios: Scenario[] = [
  {
    title: 'says nothing but OK to a valid key',
    request: { operation: 'checkAuthentication' },
    status: 200,
    body: { message: 'OK' },
    without: ['details', 'profiles'],
  },
  {
    title: 'answers at the base path without a slash',
    request: { operation: 'checkAuthentication', route: 'GET ' },
    status: 200,
  },
  {
    title: 'names the profiles of the key',
    request: { operation: 'getMyApiKeyProfiles' },
    status: 200,
    body: { profiles: ['all'], is_pci: true },
  },
  {
    title: 'accepts a trailing slash',
    request: { operation: 'getMyApiKeyProfiles', suffix: '/' },
    status: 200,
  },
  {
    title: 'names the ten profiles',
    request: { operation: 'listApiKeyProfiles' },
    status: 200,
    body: {
      profiles: [
        'all',
        'payment',
        'refund',
        'readonly',
        'card',
        'tokenize',
        'moto',
        'batch_authorization',
        'batch_refund',
        'keyentry',
      ],
    },
  },
  {
    title: 'lists what a plugin can offer, without an envelope',
    request: { operation: 'getClientResources', suffix: '/' },
    status: 200,
    body: {
      services: expect.arrayContaining([
        { uuid: expect.any(String), name: 'REDSYS (EUR)', type: 'REDSYS', enabled: true },
      ]),
      checkouts: [{ uuid: expect.stringMatching(/^[0-9A-F-]{36}$/) }],
      googlePay: { enabled: true },
      applePay: { enabled: true },
    },
    without: ['code'],
  },
  {
    title: 'lists the services as a bare list',
    request: { operation: 'listClientServices' },
    status: 200,
    without: ['code', 'services'],
  },
  {
    title: 'creates a customer with a token',
    request: { operation: 'createCustomer', body: { customer_ext_id: '$customer' } },
    status: 200,
    body: { Customer: { external_id: '$customer' } },
  },
  {
    title: 'creates a customer again, with e-mail as id',
    before: [
      { as: 'first', operation: 'createCustomer', body: { customer_ext_id: 'jane@example.com' } },
    ],
    request: {
      operation: 'createCustomer',
      suffix: '/',
      body: { customer_ext_id: 'jane@example.com', unknown_field: 1 },
    },
    status: 200,
    body: { Customer: { external_id: 'jane@example.com' } },
  },
  {
    title: 'refuses a customer without an id',
    request: { operation: 'createCustomer', body: {} },
    status: 400,
    body: { message: 'Bad Request', details: 'Field customer_ext_id is required' },
  },
];
