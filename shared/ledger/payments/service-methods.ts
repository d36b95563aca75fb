import type { Service } from '#ledger/core/merchant.ts';

/**
 * The ways to pay with a telephone that a service has: as it was set up, or what its type has.
 * MB WAY is of SIBS, Bizum of Redsys and of Paylands' own services (contract C.3, pushPayment).
 */
export function phoneMethodsOf({ type, phoneMethods }: Service): readonly string[] {
  return phoneMethods ?? PHONE_METHODS[type] ?? [];
}

/**
 * The ways of a payout that a service has, `CARD` among them. The vendor's list has no `CARD`: it
 * is what a payout without `apm` goes to.
 */
export function payoutMethodsOf({ type, payoutMethods }: Service): readonly string[] {
  return payoutMethods ?? (type === 'REDSYS' ? ['CARD', 'BIZUM'] : ['CARD']);
}

const PHONE_METHODS: Readonly<Record<string, readonly string[]>> = {
  PAYLANDS: ['BIZUM'],
  REDSYS: ['BIZUM'],
  SIBS: ['MBWAY'],
};

/** Whether a service takes Google Pay and Apple Pay: the live acquirer that is to come does not yet. */
export function takesWallets({ acquirer }: Service): boolean {
  return acquirer === 'sandbox';
}
