import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { captureOutputs } from './secrets.ts';

let stack: Stack;
const outputs = captureOutputs();

beforeAll(async () => {
  stack = await startStack({ settings: { LOG_LEVEL: 'debug' } });
});
afterAll(async () => {
  await stack.stop();
  outputs.restore();
});

const IBAN = 'ES9030350000070000000202';

const bankOf = (customer: string, iban = IBAN) =>
  stack.demo.post('/payment-method/bank', {
    customer_ext_id: customer,
    account_holder: 'John Doe',
    iban,
  });

const addressOf = (customer: string, fields: object = {}) =>
  stack.demo.post('/customer/address', {
    external_id: customer,
    address1: 'Ronda Magdalena 20',
    city: 'Castellón',
    state_code: 'Castellón',
    country: 'ESP',
    zip_code: '12006',
    default: true,
    ...fields,
  });

async function banksOf(customer: string): Promise<string[]> {
  const { body } = await stack.demo.get(`/customer/${customer}/banks`);
  const { banks } = body as unknown as { banks: { uuid: string }[] };
  return banks.map(({ uuid }) => uuid);
}

const move = (source: string, from: string, to: string) =>
  stack.demo.send('PUT', `/payment-method/${source}/external-id`, {
    old_external_id: from,
    new_external_id: to,
  });

describe('at the same time', () => {
  test('10 default addresses leave one default', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => addressOf('racer')));
    const uuids = answers.map(({ status, body }) => {
      expect(status).toBe(200);
      return (body as unknown as { customer_address: { uuid: string } }).customer_address.uuid;
    });
    expect(new Set(uuids).size).toBe(10);
    const read = await Promise.all(
      uuids.map((uuid) => stack.demo.get(`/customer/address/${uuid}`)),
    );
    const defaults = read.filter(({ text }) => text.includes('"default":true'));
    expect(defaults).toHaveLength(1);
  });

  test('one number saved 10 times is one account', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => bankOf('saver')));
    expect(new Set(answers.map(({ body }) => body.Source.uuid)).size).toBe(1);
    expect(await banksOf('saver')).toHaveLength(1);
  });

  test('a bank account that is moved to five customers is one of them’s', async () => {
    const { uuid } = (await bankOf('giver')).body.Source;
    const takers = ['taker-1', 'taker-2', 'taker-3', 'taker-4', 'taker-5'];
    for (const taker of takers) await stack.demo.post('/customer', { customer_ext_id: taker });
    const answers = await Promise.all(takers.map((taker) => move(uuid, 'giver', taker)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(4);
    const lists = await Promise.all(['giver', ...takers].map(banksOf));
    expect(lists.flat()).toEqual([uuid]);
    expect(lists[0]).toEqual([]);
  });

  test('a card that is moved to five customers is one of them’s', async () => {
    const { uuid } = await stack.demo.saveCard({ customer_ext_id: 'card-giver' });
    const takers = ['holder-1', 'holder-2', 'holder-3', 'holder-4', 'holder-5'];
    const answers = await Promise.all(takers.map((taker) => move(uuid, 'card-giver', taker)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const lists = await Promise.all(
      ['card-giver', ...takers].map((one) => stack.demo.get(`/customer/${one}/cards?status=ALL`)),
    );
    const owners = lists.filter(({ body }) => body.cards?.some((card) => card.uuid === uuid));
    expect(owners).toHaveLength(1);
  });
});

test('a repetition with the same key makes nothing twice', async () => {
  const send = () =>
    stack.demo.post(
      '/customer/account',
      { external_id: 'keyed', account_type: 'PERSONAL', account_number: '100169168' },
      { key: 'one-account' },
    );
  const [first, second] = [await send(), await send()];
  expect(first.status).toBe(200);
  expect(second.text).toBe(first.text);
  expect(second.headers['idempotent-replayed']).toBe('true');
});

test('nothing of another merchant is found, by uuid or by name', async () => {
  const { client } = await stack.newMerchant();
  const bank = (await bankOf('private')).body.Source.uuid;
  const { body } = await addressOf('private');
  const address = (body as unknown as { customer_address: { uuid: string } }).customer_address.uuid;
  for (const path of [
    `/payment-method/bank/${bank}`,
    '/customer/private/banks',
    '/customer/profile/private',
    `/customer/address/${address}`,
    `/customer/account/${address}`,
  ]) {
    expect((await client.get(path)).status, path).toBe(404);
  }
  const moved = await client.send('PUT', `/payment-method/${bank}/external-id`, {
    old_external_id: 'private',
    new_external_id: 'thief',
  });
  expect(moved.status).toBe(404);
});

test('no account number is logged or stored in clear', async () => {
  await bankOf('hidden', 'PT50000201231234567890154');
  await stack.demo.post('/payment-method/bank', {
    customer_ext_id: 'hidden',
    account_holder: 'x',
    iban: 'PT50000201231234567890155',
  });
  const all = [...(await scan('ledger'))].map((one) => JSON.stringify(one));
  const items = all.join('\n');
  expect(items).toContain('PT50*****************0154');
  for (const text of [items, outputs.text()]) {
    expect(text).not.toContain('00020123123456789015');
    expect(text).not.toContain('35000007000000020');
  }
  // The answer that a repeated request gets is kept for three days, as it was documented.
  const lasting = all.filter((one) => !one.includes('#REPLAY#')).join('\n');
  for (const text of [lasting, outputs.text()]) expect(text).not.toContain('100169168');
});
