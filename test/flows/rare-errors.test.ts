import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDevice } from '#administration/devices.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { MAX_PARTS, newCustomerFile } from '#ledger/customers/customer-file.ts';
import { type Client, expected } from '#test/support/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { fillOrder } from '#test/support/full-order.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

let stack: Stack;
let client: Client;
let tenant: Tenant;

beforeAll(async () => {
  // Nobody accepts a payment on the telephone while a test looks.
  stack = await startStack({ settings: { SANDBOX_PUSH_SECONDS: '900' } });
});
afterAll(() => stack.stop());
beforeEach(async () => {
  ({ client, tenant } = await stack.newMerchant({ partialCapture: false }));
});

const refused = (details: RegExp) => ({
  status: 400,
  body: { details: expect.stringMatching(details) },
});

async function newDevice(): Promise<string> {
  const { access, store: ledger } = stack.runtime;
  const [service = ''] = Object.values(client.credentials.services);
  const draft = { service, terminalId: null, communication: 'SIMULATION' as const };
  return (await addDevice({ access, ledger }, tenant, draft)).id;
}

/** An order that is paid, or held, at a terminal. */
async function atDevice(operation: 'payment' | 'preauth') {
  const device = await newDevice();
  const body = { device, amount: 1000, description: 'At the till' };
  const { order } = expected(await client.post(`/posms/${operation}`, body));
  await eventually(async () => {
    const { transactions } = await client.order(order.uuid);
    expect(transactions).toMatchObject([{ status: 'SUCCESS' }]);
  });
  return { device, order_uuid: order.uuid };
}

const newOrder = async (fields: object = {}) => ({
  order_uuid: (await client.createOrder(fields)).uuid,
});

const paid = async (fields: object = {}) => ({ order_uuid: (await client.paidOrder(fields)).uuid });

const PHONE = { prefix: '+34', number: '700000000' };

describe('an order that has no room left', () => {
  test.each([
    ['direct', newOrder, async () => ({ card_uuid: (await client.saveCard()).uuid })],
    [
      'moto',
      newOrder,
      async () => ({ method: 'MAIL', source_uuid: (await client.saveCard()).uuid }),
    ],
    ['wallet', newOrder, () => ({ wallet: 'APPLEPAY', payload: { sandbox: 'OK' } })],
    [
      'push',
      () => newOrder({ extra_data: { profile: { phone: PHONE } } }),
      () => ({ apm: 'BIZUM' }),
    ],
    [
      'payout',
      async () => {
        await client.paidOrder();
        return newOrder({ operative: 'PAYOUT' });
      },
      () => ({}),
    ],
    ['confirmation', () => paid({ operative: 'DEFERRED' }), () => ({})],
    ['cancellation', () => paid({ operative: 'DEFERRED' }), () => ({})],
    ['refund', paid, () => ({})],
  ])('refuses /payment/%s before money moves', async (path, prepare, fieldsOf) => {
    const { order_uuid } = await prepare();
    const fields = await fieldsOf();
    await fillOrder(tenant, order_uuid);
    const { transactions } = await client.order(order_uuid);
    const answer = await client.post(`/payment/${path}`, { order_uuid, ...fields });
    expect(answer).toMatchObject(refused(/^Order has too many transactions$/));
    expect((await client.order(order_uuid)).transactions).toEqual(transactions);
  });

  test.each([
    ['refund', 'payment'],
    ['preauth/confirm', 'preauth'],
    ['preauth/cancel', 'preauth'],
  ] as const)('refuses /posms/%s before the terminal is asked', async (path, operation) => {
    const command = await atDevice(operation);
    await fillOrder(tenant, command.order_uuid);
    const answer = await client.post(`/posms/${path}`, command);
    expect(answer).toMatchObject(refused(/^Order has too many transactions$/));
  });
});

test('a buyer is asked once to accept a payment on the telephone', async () => {
  const { order_uuid } = await newOrder({ extra_data: { profile: { phone: PHONE } } });
  const ask = () => client.post('/payment/push', { order_uuid });
  expect(await ask()).toMatchObject({
    status: 200,
    body: { order: { status: 'PENDING_PAYMENT' } },
  });
  expect(await ask()).toMatchObject({
    status: 409,
    body: { details: expect.stringContaining('pending transaction') },
  });
});

describe('a service that captures all or nothing', () => {
  test('confirms no part of a hold', async () => {
    const hold = { ...(await paid({ operative: 'DEFERRED' })), amount: 400 };
    const answer = await client.post('/payment/confirmation', hold);
    expect(answer).toMatchObject(refused(/^Partial confirmation is not allowed/));
  });

  test('confirms no part of a hold at a terminal', async () => {
    const hold = { ...(await atDevice('preauth')), amount: 400 };
    const answer = await client.post('/posms/preauth/confirm', hold);
    expect(answer).toMatchObject(refused(/^Partial confirmation is not allowed/));
  });
});

describe('a customer of whom as much is kept as can be', () => {
  const IBAN = 'ES9030350000070000000202';
  const ADDRESS = { city: 'Castellón', country: 'ESP' };

  const saveBank = (customer_ext_id: string) =>
    client.post('/payment-method/bank', {
      customer_ext_id,
      account_holder: 'John Doe',
      iban: IBAN,
    });

  /** Fills the file of the customer `collector`, and keeps a bank account of the customer `giver`. */
  async function collect(): Promise<string> {
    const { uuid: given } = expected(await saveBank('giver')).Source;
    const { store } = stack.runtime;
    const { customerFile } = await store.read(tenant, { customerFile: 'giver' });
    const [bank] = customerFile?.banks ?? [];
    if (bank === undefined) throw new Error('The bank account was not kept');
    const lines = { line1: 'Ronda Magdalena 20', line2: null, line3: null, postalCode: '12006' };
    const address = { ...ADDRESS, ...lines, state: 'Castellón', isDefault: false };
    const uuids = Array.from({ length: MAX_PARTS }, () => mintUuid(Date.now()));
    const file = {
      ...newCustomerFile('collector'),
      version: 1,
      banks: uuids.map((uuid) => ({ ...bank, uuid, fingerprint: uuid })),
      accounts: uuids.map((uuid) => ({ uuid, type: 'PERSONAL', encryptedNumber: '' })),
      addresses: uuids.map((uuid) => ({ ...address, uuid, type: 'OTHER' as const })),
    };
    await store.commit(tenant, [{ change: 'customer_file', file }]);
    return given;
  }

  test.each([
    [
      'address',
      () =>
        client.post('/customer/address', {
          ...ADDRESS,
          external_id: 'collector',
          address1: 'Ronda Magdalena 20',
          state_code: 'Castellón',
          zip_code: '12006',
          default: true,
        }),
    ],
    [
      'account',
      () =>
        client.post('/customer/account', {
          external_id: 'collector',
          account_type: 'PERSONAL',
          account_number: IBAN,
        }),
    ],
    ['bank account', () => saveBank('collector')],
    [
      'bank account of somebody else',
      (given: string) =>
        client.send('PUT', `/payment-method/${given}/external-id`, {
          old_external_id: 'giver',
          new_external_id: 'collector',
        }),
    ],
  ])('gets no other %s', async (_, send) => {
    const answer = await send(await collect());
    expect(answer).toMatchObject(refused(/^Customer has too many of these: collector$/));
  });
});
