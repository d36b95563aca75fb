import { importOrder } from '#administration/import-order.ts';
import type { HighLevelTarget } from '#administration/import-subscriptions.ts';
import { inLedger } from '#administration/in-ledger.ts';
import { createAccount, issueToken, mintToken } from '#administration/locations.ts';
import { SCOPES } from '#faces/highlevel/scopes.ts';
import { uuidFromObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { createCoupon } from '#ledger/purchases/coupon-commands.ts';
import { recordPayment } from '#ledger/purchases/purchase-commands.ts';
import type { AccessStore } from '#store/access/access-store.ts';
import type { Account } from '#store/access/location-store.ts';
import { APP, COMPANY, COUPONS, LOCATION, ORDERS, PAID_AT_COUNTER } from './demo-sales.ts';

/** All that a client of the HighLevel face needs for the demo merchant. */
export interface HighLevelDemo {
  baseUrl: string;
  /** A private integration token of the location, with every scope. */
  token: string;
  locationId: string;
  companyId: string;
  /** A marketplace app's token of the location, with every scope. */
  appToken: string;
}

/** Finds the demo location of a merchant, creating what is missing. */
export async function prepareHighLevelDemo(
  target: HighLevelTarget & { access: AccessStore },
  tenant: Tenant,
  url: string,
): Promise<HighLevelDemo> {
  const account = await createAccounts(target, tenant);
  const vault = await target.access.vault();
  const tokenOf = (app: string | null) => {
    // Derived, because only digests are kept and the same tokens are shown at every start.
    const secret = vault.digest(`demo HighLevel token ${app}`, tenant.merchant).slice(0, 64);
    const issuedMs = Date.parse(account.createdAt);
    return mintToken(account, { app, scopes: SCOPES }, Buffer.from(secret, 'hex'), issuedMs);
  };
  const [token, appToken] = [tokenOf(null), tokenOf(APP)];
  // The tokens come last: as long as they are missing, something else may be.
  if ((await target.locations.findToken(appToken)) === null) {
    await createCoupons(target, tenant);
    await createOrders(target, tenant);
    const draft = { account: LOCATION, scopes: SCOPES, label: 'demo' };
    await issueToken(target.locations, { ...draft, app: null }, token);
    await issueToken(target.locations, { ...draft, app: APP }, appToken);
  }
  return { baseUrl: url, token, locationId: LOCATION, companyId: COMPANY, appToken };
}

/** The location of the demo, with its company. */
async function createAccounts({ locations }: HighLevelTarget, tenant: Tenant): Promise<Account> {
  const known = await locations.findAccount(LOCATION);
  if (known !== null) return known;
  const draft = { ...tenant, name: 'Demo', company: null };
  if ((await locations.findAccount(COMPANY)) === null) {
    await createAccount(locations, { ...draft, type: 'company', id: COMPANY });
  }
  return createAccount(locations, { ...draft, type: 'location', company: COMPANY, id: LOCATION });
}

async function createCoupons(target: HighLevelTarget, tenant: Tenant): Promise<void> {
  const known = await target.ledger.coupons(tenant);
  const codes = known.map((coupon) => coupon.code);
  for (const draft of COUPONS.filter(({ code }) => !codes.includes(code))) {
    await inLedger(target, tenant, (context) => createCoupon(context, LOCATION, draft));
  }
}

/** One that was paid, one that is due, and one of which a part was paid at the counter. */
async function createOrders(target: HighLevelTarget, tenant: Tenant): Promise<void> {
  for (const document of ORDERS) await importOrder(target, document);
  const uuid = uuidFromObjectId(ORDERS[2]._id);
  await inLedger(target, tenant, async (context) => {
    const { order } = await context.store.read(tenant, { order: uuid });
    if (order === null || order.captured > 0) return;
    const card = { brand: 'visa', last4: '4242' };
    const manual = { mode: 'card' as const, card, cheque: null, notes: null, details: null };
    recordPayment(context, { order, amount: PAID_AT_COUNTER, manual });
  });
}
