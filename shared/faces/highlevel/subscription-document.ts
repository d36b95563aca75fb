import * as z from 'zod/mini';
import type { Currency } from '#ledger/orders/order.ts';
import { type Channel, type Contact, DIRECT_CHANNEL } from '#ledger/purchases/purchase.ts';
import type { SubscriptionDraft } from '#ledger/subscriptions/subscription-commands.ts';
import { text } from './field-kinds.ts';
import { objectId } from './fields.ts';
import { toMinor } from './money.ts';

/**
 * A subscription as HighLevel answers it (contract appendix A, GetSubscriptionResponseSchema): no
 * operation creates one, so this is how they come here. Amounts are major units.
 */

const object = z.looseObject({});
const short = text(255);
const time = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((value) => new Date(value).toISOString()),
);

/** What is kept as it is and answered again. */
const details = {
  subscriptionSnapshot: z.optional(object),
  paymentProvider: z.optional(object),
  coupon: z.optional(object),
  schedule: z.optional(object),
  autoPayment: z.optional(object),
  recurringProduct: z.optional(object),
  meta: z.optional(object),
  ipAddress: z.optional(short),
  markAsTest: z.optional(z.boolean()),
  canceledAt: z.optional(time),
  canceledBy: z.optional(short),
  createdBy: z.optional(short),
};

export const subscriptionDocument = z.object({
  _id: objectId,
  altId: short,
  contactId: z.optional(short),
  contactSnapshot: z.optional(object),
  currency: z.string().check(z.regex(/^[A-Za-z]{3}$/)),
  amount: z.number().check(z.gte(0)),
  status: short,
  liveMode: z.optional(z.boolean()),
  entityType: z.optional(short),
  entityId: z.optional(short),
  entitySource: z.optional(
    z.object({
      type: short,
      subType: z.optional(short),
      id: short,
      name: z.optional(short),
      meta: z.optional(object),
    }),
  ),
  subscriptionId: z.optional(short),
  createdAt: time,
  updatedAt: time,
  ...details,
});

export type SubscriptionDocument = z.output<typeof subscriptionDocument>;

/**
 * The subscription that a document describes.
 * @throws when its amount has more decimals than the currency
 */
export function subscriptionOf(
  document: SubscriptionDocument,
  currency: Currency,
): SubscriptionDraft {
  const { amount: major, entityType, entityId, subscriptionId } = document;
  const amount = toMinor(major, currency.digits);
  if (amount === null) throw new Error(`${major} is not an amount of ${currency.code}`);
  const kept = Object.entries(document).filter(([name]) => name in details);
  return {
    id: document._id,
    location: document.altId,
    providerId: subscriptionId ?? null,
    status: document.status,
    amount,
    currency,
    contact: contactOf(document),
    channel: channelOf(document),
    entity: entityId === undefined ? null : { type: entityType ?? 'order', id: entityId },
    details: Object.fromEntries(kept),
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
  };
}

function contactOf({ contactId, contactSnapshot = {} }: SubscriptionDocument): Contact | null {
  const of = (...names: string[]) => {
    const found = names.map((name) => contactSnapshot[name]);
    return found.filter((value) => typeof value === 'string' && value !== '');
  };
  const id = contactId ?? of('id')[0];
  if (typeof id !== 'string') return null;
  const [name = of('firstName', 'first_name', 'lastName', 'last_name').join(' ')] = of('name');
  const [email] = of('email');
  return {
    id,
    name: name === '' ? null : String(name),
    email: email === undefined ? null : String(email),
    details: contactSnapshot,
  };
}

function channelOf({ entitySource: source }: SubscriptionDocument): Channel {
  if (source === undefined) return DIRECT_CHANNEL;
  const { type, subType = null, id, name = null, meta = null } = source;
  return { type, subType, id, name, details: meta };
}
