import { orderOfToken, type Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { LedgerStore } from '#ledger/core/store.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import type { AccessStore, StoredMerchant } from '#store/access/access-store.ts';

/** The stores that are searched. */
export interface Stores {
  access: AccessStore;
  ledger: LedgerStore;
}

/**
 * A merchant by its uuid or its name.
 * @throws when there is none, or more than one
 */
export async function findMerchant(
  { access }: Pick<Stores, 'access'>,
  text = '',
): Promise<StoredMerchant> {
  const merchants = await access.merchants();
  const wanted = text.toLowerCase();
  const found = merchants.filter(
    (one) => one.merchant.toLowerCase() === wanted || one.name.toLowerCase() === wanted,
  );
  if (found.length > 1)
    throw new Error(`There are ${found.length} merchants "${text}": use a uuid`);
  const [merchant] = found;
  if (merchant === undefined) throw new Error(`There is no merchant "${text}"`);
  return merchant;
}

export interface FoundOrder {
  merchant: StoredMerchant;
  order: Order;
  /** Oldest first. */
  notifications: Notification[];
}

/**
 * An order of any merchant by its uuid, its token, or its reference while it is being paid and
 * afterwards.
 * @throws when there is none
 */
export async function findOrder(stores: Stores, text = ''): Promise<FoundOrder> {
  for (const merchant of await stores.access.merchants()) {
    const uuid = await uuidOf(stores, merchant, text);
    if (uuid === null) continue;
    const { order, notifications } = await stores.ledger.history(tenantOf(merchant), uuid);
    if (order !== null) return { merchant, order, notifications };
  }
  throw new Error(`There is no order "${text}" (a reference names an order once it is paid)`);
}

export function tenantOf(merchant: StoredMerchant): Tenant {
  return { merchant: merchant.merchant, environment: merchant.environment };
}

async function uuidOf(
  stores: Stores,
  merchant: StoredMerchant,
  text: string,
): Promise<Uuid | null> {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toUpperCase();
  return (
    orderOfToken(text.toLowerCase())?.order ??
    (await stores.ledger.orderOfReference(tenantOf(merchant), text))
  );
}
