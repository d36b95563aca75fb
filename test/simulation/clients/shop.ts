import { currencyOf } from '#administration/currency.ts';
import { createAccount, issueToken } from '#administration/locations.ts';
import { addKey, addService, createMerchant } from '#administration/merchants.ts';
import { SCOPES } from '#faces/highlevel/scopes.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';

/** What a merchant's people and programs know. */
export interface Shop {
  tenant: Tenant;
  apiKey: string;
  signature: string;
  services: readonly string[];
  location: string;
  token: string;
}

const SERVICE_TYPES = ['REDSYS', 'PAYLANDS'] as const;

/** Makes a merchant with two services, an API key, and a location with a token. */
export async function openShop({ access, locations }: Runtime): Promise<Shop> {
  const draft = { environment: 'sandbox', name: 'Shop', timeZone: 'Europe/Madrid' } as const;
  const { merchant, signature } = await createMerchant(access, draft);
  const tenant: Tenant = { merchant: merchant.merchant, environment: 'sandbox' };
  const services: string[] = [];
  for (const type of SERVICE_TYPES) {
    const service = await addService(access, tenant, {
      type,
      currency: currencyOf('EUR'),
      acquirer: 'sandbox',
      terminal: null,
      partialCapture: true,
      phoneMethods: ['BIZUM'],
    });
    services.push(service.uuid);
  }
  const { apiKey } = await addKey(access, tenant, { profiles: ['all'], pci: true, label: 'shop' });
  const account = { ...tenant, type: 'location', company: null, name: 'Shop' } as const;
  const { id } = await createAccount(locations, account);
  const rights = { account: id, app: null, scopes: SCOPES, label: 'shop' };
  const { token } = await issueToken(locations, rights);
  return { tenant, apiKey, signature, services, location: id, token };
}
