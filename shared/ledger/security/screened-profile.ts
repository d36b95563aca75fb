import type { LedgerContext } from '#ledger/core/context.ts';
import type { CustomerProfile } from '#ledger/customers/customer-file.ts';
import { telephoneOf } from '#ledger/customers/telephone.ts';
import type { Screened } from './list-item.ts';
import { activeLists, type SecurityPolicy } from './security-policy.ts';

/** The kinds of items that a customer's profile can be on a list by. */
const OF_PROFILES = ['EMAIL', 'DOMAIN', 'PHONE'];

/**
 * Whether a payment's screening needs its customer's profile, because lists have items of such
 * kinds.
 */
export function wantsProfile(policy: SecurityPolicy, service: string): boolean {
  const hasItems = policy.itemKinds.some((kind) => OF_PROFILES.includes(kind));
  return hasItems && activeLists(policy, service).length > 0;
}

/** The profile of a customer, or null when nothing is kept of it. */
export async function profileOf(
  { store, merchant }: LedgerContext,
  customer: string | null,
): Promise<CustomerProfile | null> {
  if (customer === null) return null;
  const { customerFile } = await store.read(merchant, { customerFile: customer });
  return customerFile?.profile ?? null;
}

/**
 * Adds the e-mail address and telephones of the customer's profile to the parts of a payment that
 * can be on a list; returns the same object when there is nothing to add.
 */
export function withProfile(what: Screened, profile: CustomerProfile | null): Screened {
  if (profile === null) return what;
  const own = profile.email === null ? [] : [profile.email];
  const emails = own.filter((one) => !what.emails.includes(one));
  const phones = phonesOf(profile).filter((one) => !what.phones.includes(one));
  if (emails.length + phones.length === 0) return what;
  return { ...what, emails: [...what.emails, ...emails], phones: [...what.phones, ...phones] };
}

function phonesOf({ phone, workPhone, homePhone, mobilePhone }: CustomerProfile): string[] {
  const phones = [phone, workPhone, homePhone, mobilePhone].flatMap((one) =>
    one === null ? [] : telephoneOf(one.prefix, one.number),
  );
  return [...new Set(phones)];
}
