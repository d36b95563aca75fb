import { createCoupon } from '../../shared/ledger/coupons.ts';
import { uuidFromObjectId } from '../../shared/ledger/ids.ts';
import type { Tenant } from '../../shared/ledger/merchant.ts';
import { recordPayment } from '../../shared/ledger/sales.ts';
import type { AccessStore } from '../../shared/store/access-store.ts';
import { createAccount, issueToken, SCOPES } from '../admin/highlevel.ts';
import type { HighLevelTarget } from '../admin/highlevel-data.ts';
import { importOrder } from '../admin/highlevel-import.ts';
import { inLedger } from '../admin/in-ledger.ts';
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
  const vault = await target.access.vault();
  const secret = (purpose: string) => vault.digest(purpose, tenant.merchant);
  const token = `pit-${uuidOf(secret('demo HighLevel token'))}`;
  const appToken = secret('demo HighLevel app token');
  // The tokens come last: as long as they are missing, something else may be.
  if ((await target.locations.findToken(appToken)) === null) {
    await createAccounts(target, tenant);
    await createCoupons(target, tenant);
    await createOrders(target, tenant);
    const draft = { account: LOCATION, scopes: SCOPES, label: 'demo' };
    await issueToken(target.locations, { ...draft, app: null }, token);
    await issueToken(target.locations, { ...draft, app: APP }, appToken);
  }
  return { baseUrl: url, token, locationId: LOCATION, companyId: COMPANY, appToken };
}

async function createAccounts({ locations }: HighLevelTarget, tenant: Tenant): Promise<void> {
  const draft = { ...tenant, name: 'Demo', company: null };
  if ((await locations.findAccount(COMPANY)) === null) {
    await createAccount(locations, { ...draft, type: 'company', id: COMPANY });
  }
  if ((await locations.findAccount(LOCATION)) === null) {
    const location = { ...draft, type: 'location' as const, company: COMPANY, id: LOCATION };
    await createAccount(locations, location);
  }
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

/** 128 bits of a digest in the form of a version 4 UUID. */
function uuidOf(digest: string): string {
  const [, a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(digest) ?? [];
  return `${a}-${b}-4${c}-8${d}-${e}`;
}
