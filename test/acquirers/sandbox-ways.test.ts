import { describe, expect, test } from 'vitest';
import { openWallet } from '#acquirers/sandbox/wallets.ts';
import type { Instruction, Wallet } from '#ledger/payments/acquirer.ts';
import { type PaymentConditions, PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import { approved, purchase, refused, sandbox, softDecline, TENANT } from './sandbox-fixtures.ts';

const perform = (type: string, pan: string, conditions: Partial<PaymentConditions>, changes = {}) =>
  sandbox.perform(
    purchase(type, pan, { conditions: { ...PLAIN_CONDITIONS, ...conditions }, ...changes }),
  );

const OK = '5590337536718399';
const SCA = '5223798193659108';
const MOTO_OK = '5150796024238164';

describe('a payment', () => {
  test.each<[string, string, Partial<PaymentConditions>, object]>([
    ['by mail', MOTO_OK, { channel: 'mail' }, approved()],
    ['by telephone', '5485009949201879', { channel: 'phone' }, refused('0190')],
    ['by mail, soft declined otherwise', SCA, { channel: 'mail' }, approved()],
    ['without authentication', SCA, {}, softDecline('0195')],
    ['after authentication', SCA, { authenticated: true }, approved()],
    [
      'after authentication, refused all the same',
      MOTO_OK,
      { authenticated: true },
      refused('0190'),
    ],
    ['with a wrong CVV', OK, { securityCode: 'wrong' }, refused('0129')],
    ['with the right CVV', OK, { securityCode: 'right' }, approved()],
  ])('%s', async (_, pan, conditions, answer) => {
    expect(await perform('PAYLANDS', pan, conditions)).toMatchObject(answer);
  });

  test.each([
    ['700000000', approved()],
    ['+34 700 000 000', approved()],
    ['600111222', approved()],
    ['ko@ko.ko', refused('0190')],
  ])('of the account with the telephone %s', async (phone, answer) => {
    const account = { method: 'BIZUM', phone };
    expect(await perform('REDSYS', OK, { account }, { card: null })).toMatchObject(answer);
  });
});

test('what is found is what was answered, without number or code', async () => {
  const instruction: Instruction = purchase('PAYLANDS', OK, {
    conditions: { ...PLAIN_CONDITIONS, securityCode: 'wrong' },
  });
  expect(await sandbox.find(instruction)).toEqual(await sandbox.perform(instruction));
});

describe('a payout', () => {
  test.each([
    [OK, approved()],
    [MOTO_OK, refused('0190')],
  ])('to %s', async (pan, answer) => {
    expect(await perform('PAYLANDS', pan, {}, { kind: 'payout' })).toMatchObject(answer);
  });
});

describe('the security code', () => {
  const check = (type: string, pan: string, cvv: string | null) =>
    sandbox.securityCodeOf(purchase(type, pan).service, { pan, cvv });

  test.each([
    ['PAYLANDS', OK, '123', 'right'],
    ['PAYLANDS', OK, '999', 'wrong'],
    ['PAYLANDS', OK, null, 'unchecked'],
    ['REDSYS', '4548812049400004', '987', 'unchecked'],
    ['CASHFLOWS', '5555555500024444', '987', 'right'],
  ] as const)('of %s %s: %s is %s', (type, pan, cvv, verdict) => {
    expect(check(type, pan, cvv)).toBe(verdict);
  });
});

describe('3-D Secure', () => {
  const plan = (type: string, pan: string) => {
    const { card, tenant, service } = purchase(type, pan);
    if (card === null) throw new Error('A purchase has a card');
    return sandbox.authentication(card, tenant, service);
  };

  test.each([
    [
      'PAYLANDS',
      '4761739000091011',
      { version: '2.2', flow: 'CHALLENGE', eci: '05', passes: true },
    ],
    ['PAYLANDS', OK, { flow: 'FRICTIONLESS', eci: '01', passes: true }],
    ['PAYLANDS', '5245172944073155', { version: '1.0.2', flow: 'CHALLENGE', passes: true }],
    ['PAYLANDS', '4024007196210529', { flow: 'FRICTIONLESS', eci: null, passes: false }],
    ['PAYLANDS', '5182246146680010', { flow: 'CHALLENGE', passes: false }],
    ['REDSYS', '4548812049400004', { flow: 'CHALLENGE', refusal: { code: '0184' } }],
    ['CLEARHAUS', '4111111111111111', { refusal: { code: '40310' } }],
  ])('of %s %s', async (type, pan, expected) => {
    expect(await plan(type, pan)).toMatchObject(expected);
  });
});

describe('a wallet', () => {
  const open = (payload: unknown, wallet: Wallet = 'GOOGLEPAY') =>
    sandbox.openWallet(TENANT, wallet, payload);

  test.each([
    [{ sandbox: 'OK' }, '1001'],
    [{ sandbox: 'REFUSED' }, '2009'],
    [{ sandbox: 'SCA' }, '3007'],
    ['{"sandbox":"SCA"}', '3007'],
    [Buffer.from('{"sandbox":"OK"}').toString('base64'), '1001'],
    [{ protocolVersion: 'ECv2', signature: 's', signedMessage: '{}' }, '1001'],
    [{ paymentData: { data: 'd', version: 'EC_v1' } }, '1001'],
  ])('with %j', (payload, last4) => {
    expect(open(payload)).toMatchObject({ last4 });
  });

  test.each([null, '', 'garbage', '[]', {}, { sandbox: 'MAYBE' }, 5])(
    'cannot read %j',
    (payload) => {
      expect(open(payload)).toBeNull();
    },
  );

  test.each([
    ['OK', {}, approved()],
    ['REFUSED', {}, refused('0190')],
    ['SCA', {}, softDecline('0195')],
    ['SCA', { authenticated: true }, approved()],
  ])('with %s pays like its card, with every service', async (name, conditions, answer) => {
    const opened = open({ sandbox: name });
    const { card } = purchase('REDSYS', OK);
    if (opened === null || card === null) throw new Error('A wallet holds a card');
    for (const type of ['REDSYS', 'PAYLANDS', 'SIBS']) {
      const paid = await perform(type, OK, conditions, { card: { ...card, ...opened } });
      expect(paid).toMatchObject(answer);
    }
  });

  test('never holds a number that is charged as another card', () => {
    expect(openWallet(() => 'digest', TENANT, { sandbox: 'OK' })?.fingerprint).toBe('digest');
  });
});
