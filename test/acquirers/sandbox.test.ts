import isLuhnValid from 'card-validator/dist/luhn-10.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testCardsOf } from '../../shared/acquirers/sandbox/cards.ts';
import {
  type SandboxOptions,
  sandboxAcquirer,
} from '../../shared/acquirers/sandbox/sandbox-acquirer.ts';
import type { CardCheck, Instruction } from '../../shared/ledger/acquirer.ts';
import type { CardSnapshot } from '../../shared/ledger/card.ts';
import { mintUuid } from '../../shared/ledger/ids.ts';
import type { Service, Tenant } from '../../shared/ledger/merchant.ts';
import type { TransactionKind } from '../../shared/ledger/order.ts';
import { Vault } from '../../shared/vault/vault.ts';

const TENANT: Tenant = { merchant: 'D329BC3B-0AE1-422E-9BB2-BCA1278487EE', environment: 'sandbox' };
const EUR = { code: 'EUR', number: '978', digits: 2 };
const NOW = Date.UTC(2026, 10, 20);
const TYPES = ['PAYLANDS', 'REDSYS', 'CREDORAX', 'CASHFLOWS', 'CLEARHAUS', 'MIT'];
/** Passes Luhn and is in no table. */
const UNKNOWN_PAN = '4242424242424242';

const vault = new Vault(new Uint8Array(32));
const options: SandboxOptions = {
  digest: (purpose, value) => vault.digest(purpose, value),
  unknownCard: 'approve',
  latencyMs: 0,
};
const sandbox = sandboxAcquirer(options);

function card(pan: string, expiryYear = '34', tenant = TENANT): CardSnapshot {
  return {
    ...sandbox.describe(tenant, { pan, cvv: null }),
    uuid: 'C089B1BF-A4FA-4B0F-A5FE-F21C5BFEFC27',
    holder: 'John Doe',
    expiryMonth: '12',
    expiryYear,
    additional: null,
    origin: 'WEBSERVICE',
    saved: true,
    createdAt: '2026-11-20T00:00:00.000Z',
    validatedAt: null,
  };
}

function service(type: string): Service {
  return {
    uuid: 'B1F13B01-BA97-491C-BBDE-1C18988BD229',
    type,
    currency: EUR,
    acquirer: 'sandbox',
    terminal: null,
    partialCapture: true,
  };
}

function sale(type: string, pan: string, changes: Partial<Instruction> = {}): Instruction {
  return {
    reference: '2343BE77-1383-891E-8D95-5E00F0D35FAA',
    kind: 'sale',
    tenant: TENANT,
    service: service(type),
    amount: 1050,
    currency: EUR,
    card: card(pan),
    original: null,
    ip: null,
    nowMs: NOW,
    ...changes,
  };
}

function check(type: string, pan: string, changes: Partial<CardCheck> = {}): CardCheck {
  const cvv = testCardsOf(type).cards.find((row) => row.pan === pan)?.cvv ?? '123';
  return { tenant: TENANT, service: service(type), card: card(pan), cvv, nowMs: NOW, ...changes };
}

const approved = (amount = 1050) => ({ result: 'approved', amount });
const refused = (code: string) => ({ result: 'refused', code });
const softDecline = (code: string) => ({ result: 'authentication_required', code });

/** Every row of contract E.1 and E.2, of a sale of 10.50. */
const PAYMENTS: [type: string, pan: string, use: string, answer: object][] = [
  ['PAYLANDS', '4761739000091011', '3DS OK', approved()],
  ['PAYLANDS', '5150796024238164', '3DS KO', refused('0190')],
  ['PAYLANDS', '5590337536718399', 'non-3DS OK', approved()],
  ['PAYLANDS', '5223798193659108', 'non-3DS + SCA', softDecline('0195')],
  ['PAYLANDS', '5485009949201879', 'non-3DS KO', refused('0190')],
  ['PAYLANDS', '4000058400000071', 'partial authorization', approved(525)],
  ['PAYLANDS', '5245172944073155', '3DS v1 OK', approved()],
  ['PAYLANDS', '4024007196210529', '3DS v1 KO (MSP)', refused('0190')],
  ['PAYLANDS', '5514214341183643', '3DS v1 KO (Init3DS)', refused('0190')],
  ['PAYLANDS', '5182246146680010', '3DS v1 KO (AuthV1)', refused('0190')],
  ['REDSYS', '4548812049400004', 'OK', approved()],
  ['REDSYS', '4111111111111111', 'KO', refused('0190')],
  ['CREDORAX', '4018810000100036', 'OK', approved()],
  ['CREDORAX', '4018810001010010', 'OK', approved()],
  ['CREDORAX', '4018810000150015', 'OK', approved()],
  ['CREDORAX', '4018810000190011', 'OK', approved()],
  ['CREDORAX', '4507670001000009', 'tokenized flow KO', refused('05')],
  ['CASHFLOWS', '4111111111111111', 'OK', approved()],
  ['CASHFLOWS', '4200000000000000', 'KO', refused('D101')],
  ['CASHFLOWS', '5555555500024444', 'code is the amount', refused('1050')],
  ['CLEARHAUS', '4111111111111111', 'OK', approved()],
  ['CLEARHAUS', '4200000000000000', 'KO', refused('40410')],
  ['CLEARHAUS', '5555555500024444', 'code is the amount', refused('1050')],
];

describe('payments', () => {
  test.each(PAYMENTS)('%s %s %s', async (type, pan, _use, answer) => {
    expect(await sandbox.perform(sale(type, pan))).toMatchObject(answer);
    expect(await sandbox.perform(sale(type, pan, { kind: 'hold' }))).toMatchObject(answer);
  });

  test('every row of the tables is among them', () => {
    const rows = TYPES.flatMap((type) =>
      testCardsOf(type).cards.map(({ pan }) => `${type} ${pan}`),
    );
    expect(rows.toSorted()).toEqual(PAYMENTS.map(([type, pan]) => `${type} ${pan}`).toSorted());
    expect(rows.every((row) => isLuhnValid(row.split(' ')[1]))).toBe(true);
  });

  test('an approval has the identifiers of an acquirer', async () => {
    expect(await sandbox.perform(sale('REDSYS', UNKNOWN_PAN))).toEqual({
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
    const instruction = sale('PAYLANDS', '4000058400000071', { amount });
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
    const instruction = sale(type, '5555555500024444', { amount });
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
    expect(await sandbox.perform(sale(type, UNKNOWN_PAN, expired))).toMatchObject(refused(code));
    expect(await sandbox.validate(check(type, UNKNOWN_PAN, expired))).toMatchObject(refused(code));
  });

  test('the last moment of the expiry month is not too late', async () => {
    const lastMs = Date.UTC(2035, 0, 1) - 1;
    const at = (nowMs: number) => sandbox.perform(sale('REDSYS', UNKNOWN_PAN, { nowMs }));
    expect(await at(lastMs)).toMatchObject(approved());
    expect(await at(lastMs + 1)).toMatchObject(refused('0101'));
  });

  test('a payment without a card is refused', async () => {
    const instruction = sale('REDSYS', UNKNOWN_PAN, { card: null });
    expect(await sandbox.perform(instruction)).toMatchObject(refused('0190'));
  });

  test.each(TYPES)('%s: a card of no table follows the setting', async (type) => {
    const strict = sandboxAcquirer({ ...options, unknownCard: 'refuse' });
    expect(await sandbox.perform(sale(type, UNKNOWN_PAN))).toMatchObject(approved());
    expect(await strict.perform(sale(type, UNKNOWN_PAN))).toMatchObject({ result: 'refused' });
  });

  test('a service type without a table has no special cards', async () => {
    for (const [, pan] of PAYMENTS) {
      expect(await sandbox.perform(sale('MIT', pan))).toMatchObject(approved());
    }
  });

  test('the same digits of another number are not the test card', async () => {
    const other = { ...card('5485009949201879'), fingerprint: 'f'.repeat(128) };
    const instruction = sale('PAYLANDS', '5485009949201879', { card: other });
    expect(await sandbox.perform(instruction)).toMatchObject(approved());
  });
});

describe('what follows a payment', () => {
  const original = mintUuid(NOW);

  test.each<TransactionKind>(['capture', 'void', 'refund'])('%s', async (kind) => {
    const instruction = sale('REDSYS', '4111111111111111', { kind });
    const answer = await sandbox.perform({ ...instruction, original });
    expect(answer).toMatchObject({ ...approved(), networkTransactionId: null });
    expect(await sandbox.perform(instruction)).toMatchObject(refused('0190'));
  });

  test.each<TransactionKind>(['payout', 'transfer'])('%s needs no payment', async (kind) => {
    const instruction = sale('REDSYS', UNKNOWN_PAN, { kind, card: null });
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

const instructions = fc
  .record({
    reference: fc.uuid().map((uuid) => uuid.toUpperCase()),
    type: fc.constantFrom(...TYPES),
    pan: fc.constantFrom(UNKNOWN_PAN, ...new Set(PAYMENTS.map(([, pan]) => pan))),
    kind: fc.constantFrom<TransactionKind>('sale', 'hold', 'capture', 'void', 'refund', 'payout'),
    amount: fc.integer({ min: 0, max: 2_147_483_647 }),
    original: fc.option(fc.constant('2343BE77-1383-891E-8D95-5E00F0D35FAA')),
  })
  .map(({ type, pan, ...changes }) => ({ pan, instruction: sale(type, pan, changes) }));

describe('properties', () => {
  test('an answer is a function of the instruction, and find knows it', () =>
    fc.assert(
      fc.asyncProperty(instructions, async ({ instruction }) => {
        const answer = await sandbox.perform(instruction);
        expect(await sandboxAcquirer({ ...options }).perform(instruction)).toEqual(answer);
        expect(await sandbox.find(structuredClone(instruction))).toEqual(answer);
      }),
    ));

  test('no more is approved than was asked for', () =>
    fc.assert(
      fc.asyncProperty(instructions, async ({ instruction }) => {
        const answer = await sandbox.perform(instruction);
        if (answer.result !== 'approved') return;
        expect(Number.isInteger(answer.amount)).toBe(true);
        expect(answer.amount).toBeGreaterThanOrEqual(Math.min(1, instruction.amount));
        expect(answer.amount).toBeLessThanOrEqual(instruction.amount);
      }),
    ));

  test('another reference gets other identifiers', () =>
    fc.assert(
      fc.asyncProperty(fc.uuid(), fc.uuid(), async (one, other) => {
        fc.pre(one !== other);
        const ids = [one, other].map(async (reference) => {
          const answer = await sandbox.perform(sale('REDSYS', UNKNOWN_PAN, { reference }));
          return 'processorId' in answer ? answer.processorId : null;
        });
        expect(await ids[0]).not.toBe(await ids[1]);
      }),
    ));

  test('nothing that leaves the sandbox looks like a card number', () =>
    fc.assert(
      fc.asyncProperty(instructions, async ({ pan, instruction }) => {
        const { service: asked } = instruction;
        const answers = [
          sandbox.describe(TENANT, { pan, cvv: '987' }),
          await sandbox.perform(instruction),
          await sandbox.validate(check(asked.type, pan)),
          await sandbox.validate(check(asked.type, pan, { cvv: '987' })),
        ];
        const text = JSON.stringify(answers);
        expect(text).not.toContain(pan);
        expect(Object.keys(answers[0] ?? {})).not.toContain('cvv');
        const candidates = text.match(/(?<!\w)\d{13,19}(?!\w)/g) ?? [];
        expect(candidates.filter((digits) => isLuhnValid(digits))).toEqual([]);
      }),
      { numRuns: 500 },
    ));
});

test('every answer takes the latency that was set', async () => {
  const slow = sandboxAcquirer({ ...options, latencyMs: 30 });
  const startedAt = performance.now();
  await slow.perform(sale('REDSYS', UNKNOWN_PAN));
  await slow.validate(check('REDSYS', UNKNOWN_PAN));
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
});
