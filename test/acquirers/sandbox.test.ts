import isLuhnValid from 'card-validator/dist/luhn-10.js';
import { describe, expect, test } from 'vitest';
import { testCardsOf } from '#acquirers/sandbox/cards.ts';
import { sandboxAcquirer } from '#acquirers/sandbox/sandbox-acquirer.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { TransactionKind } from '#ledger/orders/order.ts';
import {
  approved,
  card,
  check,
  NOW,
  options,
  PAYMENTS,
  purchase,
  refused,
  sandbox,
  softDecline,
  TENANT,
  TYPES,
  UNKNOWN_PAN,
} from './sandbox-fixtures.ts';

describe('payments', () => {
  test.each(PAYMENTS)('%s %s %s', async (type, pan, _use, answer) => {
    expect(await sandbox.perform(purchase(type, pan))).toMatchObject(answer);
    expect(await sandbox.perform(purchase(type, pan, { kind: 'hold' }))).toMatchObject(answer);
  });

  test('every row of the tables is among them', () => {
    const rows = TYPES.flatMap((type) =>
      testCardsOf(type).cards.map(({ pan }) => `${type} ${pan}`),
    );
    expect(rows.toSorted()).toEqual(PAYMENTS.map(([type, pan]) => `${type} ${pan}`).toSorted());
    expect(rows.every((row) => isLuhnValid(row.split(' ')[1]))).toBe(true);
  });

  test('an approval has the identifiers of an acquirer', async () => {
    expect(await sandbox.perform(purchase('REDSYS', UNKNOWN_PAN))).toEqual({
      result: 'approved',
      amount: 1050,
      authorization: expect.stringMatching(/^\d{6}$/),
      processorId: expect.stringMatching(/^[0-9A-F]{32}$/),
      networkTransactionId: expect.stringMatching(/^\d{15}$/),
    });
  });

  test.each([
    [1, 1],
    [2, 1],
    [3, 1],
    [2_147_483_647, 1_073_741_823],
    [0, 0],
  ])('a partial authorization of %i is for %i', async (amount, half) => {
    const instruction = purchase('PAYLANDS', '4000058400000071', { amount });
    expect(await sandbox.perform(instruction)).toMatchObject(approved(half));
  });

  test.each([
    ['CLEARHAUS', 40413, { ...refused('40413') }],
    ['CLEARHAUS', 40135, { ...refused('40135'), description: 'Card expired' }],
    ['CLEARHAUS', 40416, softDecline('40416')],
    ['CASHFLOWS', 40416, refused('40416')],
    ['CASHFLOWS', 299_999, refused('299999')],
    ['CASHFLOWS', 300_000, approved(300_000)],
    ['REDSYS', 40413, approved(40413)],
  ])('%s: the card of the codes, for an amount of %i', async (type, amount, answer) => {
    const instruction = purchase(type, '5555555500024444', { amount });
    expect(await sandbox.perform(instruction)).toMatchObject(answer);
  });

  test.each([
    ['PAYLANDS', '0101'],
    ['REDSYS', '0101'],
    ['CREDORAX', '54'],
    ['CASHFLOWS', 'V102'],
    ['CLEARHAUS', '40135'],
    ['MIT', '0101'],
  ])('%s: an expired card is refused with %s', async (type, code) => {
    const expired = { card: card(UNKNOWN_PAN, '25') };
    expect(await sandbox.perform(purchase(type, UNKNOWN_PAN, expired))).toMatchObject(
      refused(code),
    );
    expect(await sandbox.validate(check(type, UNKNOWN_PAN, expired))).toMatchObject(refused(code));
  });

  test('the last moment of the expiry month anywhere is not too late', async () => {
    const lastMs = Date.UTC(2035, 0, 1, 12) - 1;
    const at = (nowMs: number) => sandbox.perform(purchase('REDSYS', UNKNOWN_PAN, { nowMs }));
    expect(await at(lastMs)).toMatchObject(approved());
    expect(await at(lastMs + 1)).toMatchObject(refused('0101'));
  });

  test('a payment without a card is refused', async () => {
    const instruction = purchase('REDSYS', UNKNOWN_PAN, { card: null });
    expect(await sandbox.perform(instruction)).toMatchObject(refused('0190'));
  });

  test.each(TYPES)('%s: a card of no table follows the setting', async (type) => {
    const strict = sandboxAcquirer({ ...options, unknownCard: 'refuse' });
    expect(await sandbox.perform(purchase(type, UNKNOWN_PAN))).toMatchObject(approved());
    expect(await strict.perform(purchase(type, UNKNOWN_PAN))).toMatchObject({ result: 'refused' });
  });

  test('a service type without a table has no special cards', async () => {
    for (const [, pan] of PAYMENTS) {
      expect(await sandbox.perform(purchase('MIT', pan))).toMatchObject(approved());
    }
  });

  test('the same digits of another number are not the test card', async () => {
    const other = { ...card('5485009949201879'), fingerprint: 'f'.repeat(128) };
    const instruction = purchase('PAYLANDS', '5485009949201879', { card: other });
    expect(await sandbox.perform(instruction)).toMatchObject(approved());
  });
});

describe('what follows a payment', () => {
  const original = mintUuid(NOW);

  test.each<TransactionKind>(['capture', 'void', 'refund'])('%s', async (kind) => {
    const instruction = purchase('REDSYS', '4111111111111111', { kind });
    const answer = await sandbox.perform({ ...instruction, original });
    expect(answer).toMatchObject({ ...approved(), networkTransactionId: null });
    expect(await sandbox.perform(instruction)).toMatchObject(refused('0190'));
  });

  test.each<TransactionKind>(['payout', 'transfer'])('%s needs no payment', async (kind) => {
    const instruction = purchase('REDSYS', UNKNOWN_PAN, { kind, card: null });
    expect(await sandbox.perform(instruction)).toMatchObject(approved());
  });
});

describe('validation', () => {
  test.each(PAYMENTS)('%s %s %s', async (type, pan, _use, answer) => {
    const { result } = await sandbox.validate(check(type, pan));
    const amountDecides = pan === '5555555500024444';
    const refuses = !amountDecides && 'result' in answer && answer.result === 'refused';
    expect(result).toBe(refuses ? 'refused' : 'approved');
  });

  test.each([
    ['PAYLANDS', '5590337536718399', '124', refused('0129')],
    ['PAYLANDS', UNKNOWN_PAN, '987', refused('0129')],
    ['PAYLANDS', '5485009949201879', '987', refused('0129')],
    ['PAYLANDS', UNKNOWN_PAN, null, approved(0)],
    ['REDSYS', '4548812049400004', '987', approved(0)],
    ['CREDORAX', '4018810000100036', '987', refused('N7')],
    ['CREDORAX', UNKNOWN_PAN, '987', approved(0)],
    ['CASHFLOWS', '5555555500024444', '123', refused('V105')],
    ['CLEARHAUS', '5555555500024444', '123', refused('40120')],
    ['CLEARHAUS', '5555555500024444', null, approved(0)],
    ['MIT', UNKNOWN_PAN, '000', approved(0)],
  ])('%s %s with CVV %s', async (type, pan, cvv, answer) => {
    expect(await sandbox.validate(check(type, pan, { cvv }))).toMatchObject(answer);
  });
});

describe('describe', () => {
  test.each([
    ['4548812049400004', 'VISA', 'ES', 'SERVIRED, SOCIEDAD ESPANOLA DE MEDIOS DE PAGO, S.A.'],
    ['4018810000100036', 'VISA', 'MT', 'BANK OF VALLETTA P.L.C'],
    ['5590337536718399', 'MASTERCARD', 'ES', null],
    ['378282246310005', 'AMEX', 'ES', null],
    ['30569309025904', 'DINERS', 'ES', null],
    ['3530111333300000', 'JCB', 'ES', null],
    ['6799990100000000019', 'MAESTRO', 'ES', null],
    ['9999999999999995', 'UNKNOWN', 'ES', null],
  ])('%s is a %s card', (pan, brand, country, bank) => {
    expect(sandbox.describe(TENANT, { pan, cvv: null })).toEqual({
      fingerprint: expect.stringMatching(/^[0-9a-f]{128}$/),
      brand,
      type: 'CREDIT',
      country,
      bank,
      prepaid: false,
      bin: pan.slice(0, 6),
      // PCI DSS lets eight digits be kept of a number of sixteen or more.
      ...(pan.length < 16 ? {} : { bin8: pan.slice(0, 8) }),
      last4: pan.slice(-4),
    });
  });

  test('a fingerprint stands for one number of one merchant in one environment', () => {
    const fingerprint = (tenant: Tenant, pan = UNKNOWN_PAN) => card(pan, '34', tenant).fingerprint;
    expect(fingerprint(TENANT)).toBe(fingerprint({ ...TENANT }));
    const others = [
      fingerprint({ ...TENANT, environment: 'live' }),
      fingerprint({ ...TENANT, merchant: mintUuid(NOW) }),
      fingerprint(TENANT, '4548812049400004'),
    ];
    expect(new Set([fingerprint(TENANT), ...others]).size).toBe(4);
  });
});

test('every answer takes the latency that was set', async () => {
  const slow = sandboxAcquirer({ ...options, latencyMs: 30 });
  const startedAt = performance.now();
  await slow.perform(purchase('REDSYS', UNKNOWN_PAN));
  await slow.validate(check('REDSYS', UNKNOWN_PAN));
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
});
