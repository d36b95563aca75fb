// One file of the package: the whole of it weighs 5 KB more in every bundle.
import { cardNumber } from 'card-validator/dist/card-number.js';
import type { CardNumber } from '#ledger/cards/card.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { CardDescription } from '#ledger/payments/acquirer.ts';

/** A keyed digest of a value within a purpose, as `Vault.digest` makes them: 128 hex digits. */
export type Digest = (purpose: string, value: string) => string;

/** The fingerprint of a card number: equal for equal numbers of one merchant and environment. */
export function fingerprintOf(digest: Digest, tenant: Tenant, pan: string): string {
  return digest(`card number of ${tenant.merchant} ${tenant.environment}`, pan);
}

/**
 * What the sandbox tells of a card number (contract C.1.3), digits only. Nobody can be asked about
 * a test card: those without an issuer in the contract are credit cards of an unnamed Spanish bank.
 */
export function describeCard(digest: Digest, tenant: Tenant, { pan }: CardNumber): CardDescription {
  const bin = pan.slice(0, 6);
  return {
    ...(ISSUERS[bin] ?? { country: 'ES', bank: null }),
    fingerprint: fingerprintOf(digest, tenant, pan),
    brand: brandOf(pan),
    type: 'CREDIT',
    prepaid: false,
    bin,
    // Of shorter numbers, eight digits with the last four would tell too much.
    ...(pan.length < 16 ? {} : { bin8: pan.slice(0, 8) }),
    last4: pan.slice(-4),
  };
}

/** The issuers that the contract's samples show, by BIN (contract B.2, C.1.3). */
const ISSUERS: Partial<Record<string, { country: string; bank: string }>> = {
  '401881': { country: 'MT', bank: 'BANK OF VALLETTA P.L.C' },
  '454881': { country: 'ES', bank: 'SERVIRED, SOCIEDAD ESPANOLA DE MEDIOS DE PAGO, S.A.' },
};

/** The brands whose upper-case name is not the one on the wire (contract D.5). */
const BRANDS: Partial<Record<string, string>> = {
  'american-express': 'AMEX',
  'diners-club': 'DINERS',
};

function brandOf(pan: string): string {
  const type = cardNumber(pan).card?.type ?? 'unknown';
  return BRANDS[type] ?? type.toUpperCase();
}
