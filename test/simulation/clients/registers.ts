import { customerOf, markerOf } from './drafts.ts';
import type { Till } from './till.ts';

/** A bank account, which nobody may read in clear. */
export const IBAN = 'ES9030350000070000000202';

/** Makes a coupon; few codes, so that tills want the same one. */
export async function keepCoupons(till: Till): Promise<void> {
  const { random, shop } = till;
  const name = markerOf(till);
  const coupon = {
    altId: shop.location,
    altType: 'location',
    name,
    code: `CODE${random.int(1, 4)}`,
    discountType: 'percentage',
    discountValue: random.int(1, 100),
    startDate: till.timeIn(0),
  };
  await till.highLevel('/payments/coupon', coupon, [`coupon ${name}`]);
}

/** An app registers itself as the location's provider, and connects it with keys. */
export async function registerProvider(till: Till): Promise<void> {
  const { random, shop } = till;
  const provider = providerDraft(till);
  const { name } = provider;
  const place = `locationId=${shop.location}`;
  const path = '/payments/custom-provider';
  await till.highLevel(`${path}/provider?${place}`, provider, [], { token: shop.appToken });
  const keys = { apiKey: `secret-${name}`, publishableKey: `public-${name}` };
  const body = random.chance(0.5) ? { live: keys } : { test: keys };
  await till.highLevel(`${path}/connect?${place}`, body, [], { token: shop.appToken });
  const uniqueName = `brand-${'abcd'.slice(0, random.int(1, 4))}`;
  const whiteLabel = {
    altId: shop.location,
    altType: 'location',
    uniqueName,
    title: name,
    provider: 'nmi',
    description: 'Cards',
    imageUrl: provider.imageUrl,
  };
  const brands = '/payments/integrations/provider/whitelabel';
  await till.highLevel(brands, whiteLabel, [`brand ${name}`], { token: shop.appToken });
}

/** A provider under a name of its own. */
export function providerDraft(till: Till) {
  const base = 'https://provider.example';
  return {
    name: markerOf(till),
    description: 'Cards',
    paymentsUrl: `${base}/frame`,
    queryUrl: `${base}/query`,
    imageUrl: `${base}/logo.png`,
  };
}

/** Keeps a customer's bank account. */
export async function keepAccount(till: Till): Promise<void> {
  const account = { account_holder: 'Jane Doe', iban: IBAN };
  await till.paylands('/payment-method/bank', { ...account, customer_ext_id: customerOf(till) });
}
