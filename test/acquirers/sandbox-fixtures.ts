import { testCardsOf } from '#acquirers/sandbox/cards.ts';
import { type SandboxOptions, sandboxAcquirer } from '#acquirers/sandbox/sandbox-acquirer.ts';
import { Vault } from '#crypto/vault.ts';
import type { CardSnapshot } from '#ledger/cards/card.ts';
import type { Service, Tenant } from '#ledger/core/merchant.ts';
import type { CardCheck, Instruction } from '#ledger/payments/acquirer.ts';
import { PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';

export const TENANT: Tenant = {
  merchant: 'D329BC3B-0AE1-422E-9BB2-BCA1278487EE',
  environment: 'sandbox',
};
const EUR = { code: 'EUR', number: '978', digits: 2 };
export const NOW = Date.UTC(2026, 10, 20);
export const TYPES = ['PAYLANDS', 'REDSYS', 'CREDORAX', 'CASHFLOWS', 'CLEARHAUS', 'MIT'];
/** Passes Luhn and is in no table. */
export const UNKNOWN_PAN = '4242424242424242';

const vault = new Vault(new Uint8Array(32));
export const options: SandboxOptions = {
  digest: (purpose, value) => vault.digest(purpose, value),
  unknownCard: 'approve',
  latencyMs: 0,
  deviceMs: 10_000,
};
export const sandbox = sandboxAcquirer(options);

export function card(pan: string, expiryYear = '34', tenant = TENANT): CardSnapshot {
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

export function purchase(
  type: string,
  pan: string,
  changes: Partial<Instruction> = {},
): Instruction {
  return {
    reference: '2343BE77-1383-891E-8D95-5E00F0D35FAA',
    kind: 'sale',
    tenant: TENANT,
    service: service(type),
    amount: 1050,
    currency: EUR,
    card: card(pan),
    original: null,
    device: null,
    ip: null,
    startedAt: new Date(NOW).toISOString(),
    conditions: PLAIN_CONDITIONS,
    nowMs: NOW,
    ...changes,
  };
}

export function check(type: string, pan: string, changes: Partial<CardCheck> = {}): CardCheck {
  const cvv = testCardsOf(type).cards.find((row) => row.pan === pan)?.cvv ?? '123';
  return { tenant: TENANT, service: service(type), card: card(pan), cvv, nowMs: NOW, ...changes };
}

export const approved = (amount = 1050) => ({ result: 'approved', amount });
export const refused = (code: string) => ({ result: 'refused', code });
export const softDecline = (code: string) => ({ result: 'authentication_required', code });

/** Every row of contract E.1 and E.2, of a purchase of 10.50. */
export const PAYMENTS: [type: string, pan: string, use: string, answer: object][] = [
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
