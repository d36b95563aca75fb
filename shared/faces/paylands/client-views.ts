import * as z from 'zod/mini';
import type { Merchant, Service } from '#ledger/core/merchant.ts';
import { takesWallets } from '#ledger/payments/service-methods.ts';

export const serviceShape = z.looseObject({
  uuid: z.string(),
  name: z.string(),
  type: z.string(),
  enabled: z.boolean(),
});

const walletShape = z.looseObject({ enabled: z.boolean() });

export const resourcesShape = z.looseObject({
  services: z.array(serviceShape),
  checkouts: z.array(z.looseObject({ uuid: z.string() })),
  googlePay: walletShape,
  applePay: walletShape,
});

/** A service as plugins show it in their settings (contract J). */
export function serviceView({ uuid, type, currency }: Service) {
  return { uuid, name: `${type} (${currency.code})`, type, enabled: true };
}

/**
 * What a plugin can offer (contract J). A merchant has one checkout, the page with all its ways to
 * pay, which is named by the merchant's own uuid.
 */
export function resourcesView({ merchant, services }: Merchant) {
  const wallets = { enabled: services.some(takesWallets) };
  return {
    services: services.map(serviceView),
    checkouts: [{ uuid: merchant }],
    googlePay: wallets,
    applePay: wallets,
  };
}
