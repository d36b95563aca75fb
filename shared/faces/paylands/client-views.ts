import type { Merchant, Service } from '#ledger/core/merchant.ts';
import { takesWallets } from '#ledger/payments/service-methods.ts';

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
