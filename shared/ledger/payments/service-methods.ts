import type { Service } from '#ledger/core/merchant.ts';

/** Every way to pay that asks the payer on the telephone. */
export const PHONE_METHODS = ['BIZUM', 'MBWAY'] as const;

/**
 * The phone payment methods of a service: as configured, else those of its type. SIBS has MB WAY,
 * Redsys and Paylands' own services have Bizum (contract C.3, pushPayment).
 */
export function phoneMethodsOf({ type, phoneMethods }: Service): readonly string[] {
  return phoneMethods ?? METHODS_OF_TYPES[type] ?? [];
}

/**
 * The payout methods of a service, including `CARD`, which is not in the vendor's list but the
 * default of a payout without `apm`.
 */
export function payoutMethodsOf({ type, payoutMethods }: Service): readonly string[] {
  return payoutMethods ?? (type === 'REDSYS' ? ['CARD', 'BIZUM'] : ['CARD']);
}

const METHODS_OF_TYPES: Readonly<Record<string, readonly string[]>> = {
  PAYLANDS: ['BIZUM'],
  REDSYS: ['BIZUM'],
  SIBS: ['MBWAY'],
};

/** Whether a service takes Google Pay and Apple Pay: the live acquirer that is to come does not yet. */
export function takesWallets({ acquirer }: Service): boolean {
  return acquirer === 'sandbox';
}
