import type { ReadContext } from '#ledger/core/context.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { CustomerFile } from '#ledger/customers/customer-file.ts';
import { telephoneOf } from '#ledger/customers/telephone.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Contact } from '#ledger/purchases/purchase.ts';

/** Whose view it is: the location that asks, and the merchant it stands for. */
export interface Viewer {
  location: string;
  merchant: Merchant;
  /** What is known of buyers by their profiles, by the merchant's id of a customer. */
  buyers?: ReadonlyMap<string, KnownBuyer>;
}

/** A buyer who is known by the profile of a customer, and is no contact of HighLevel. */
export type KnownBuyer = Omit<Contact, 'id'> & { id: string | null };

/**
 * Who looks at orders, and what is known of the buyers of those that no shop has named a contact
 * of: the profile of the order's customer as it is now. One read batch, if there are such orders.
 */
export async function viewerOf(
  location: string,
  { store, merchant }: ReadContext,
  orders: readonly Order[],
): Promise<Viewer> {
  const unnamed = orders.filter((order) => (order.purchase?.contact ?? null) === null);
  const customers = unnamed.flatMap(({ customer }) => (customer === null ? [] : [customer]));
  if (customers.length === 0) return { location, merchant };
  const files = await store.customerFiles(merchant, customers);
  const known = files.flatMap((file) => {
    const buyer = buyerOf(file);
    return buyer === null ? [] : [[file.customer, buyer] as const];
  });
  return { location, merchant, buyers: new Map(known) };
}

function buyerOf({ profile, addresses }: CustomerFile): KnownBuyer | null {
  if (profile === null) return null;
  const { firstName, lastName, email, birthdate } = profile;
  const phone = profile.phone ?? profile.mobilePhone;
  const address = addresses.find((one) => one.isDefault);
  return {
    id: null,
    name: `${firstName} ${lastName}`.trim(),
    email,
    details: {
      firstName,
      lastName,
      ...(phone === null ? {} : { phone: telephoneOf(phone.prefix, phone.number) }),
      ...(birthdate === null ? {} : { dateOfBirth: birthdate }),
      ...(address === undefined
        ? {}
        : {
            address1: address.line1,
            city: address.city,
            state: address.state,
            country: address.country,
            postalCode: address.postalCode,
          }),
    },
  };
}
