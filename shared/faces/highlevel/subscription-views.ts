import type { BillingTerms } from '#ledger/subscriptions/billing.ts';
import { wallOf } from '#ledger/subscriptions/calendar.ts';
import type { Subscription } from '#ledger/subscriptions/subscription.ts';
import { toMajor } from './money.ts';
import type { Viewer } from './viewer.ts';
import { altView } from './views.ts';

/** A row of the list: source, contact and provider are flat there. */
export function subscriptionRow(subscription: Subscription, viewer: Viewer) {
  const { contact, channel } = subscription;
  const details = detailsOf(subscription, viewer);
  const { subscriptionSnapshot, ipAddress, createdBy } = details;
  return present({
    ...commonView(subscription, viewer),
    contactName: contact?.name,
    contactEmail: contact?.email,
    entitySourceType: channel.type,
    entitySourceName: channel.name,
    entitySourceId: channel.id === '' ? null : channel.id,
    entitySourceMeta: channel.details,
    subscriptionSnapshot,
    ...providerFields(details.paymentProvider),
    ipAddress,
    createdBy,
  });
}

export function subscriptionView(subscription: Subscription, viewer: Viewer, traceId: string) {
  const { contact, channel } = subscription;
  const { type, subType, id, name, details: meta } = channel;
  return present({
    ...commonView(subscription, viewer),
    contactSnapshot: contact?.details,
    entitySource: present({ type, subType, id, name, meta }),
    ...detailsOf(subscription, viewer),
    traceId,
  });
}

function commonView(subscription: Subscription, viewer: Viewer) {
  const { contact, entity, currency } = subscription;
  return {
    _id: subscription.id,
    ...altView(viewer),
    contactId: contact?.id,
    currency: currency.code,
    amount: toMajor(subscription.amount, currency.digits),
    status: subscription.status,
    entityType: entity?.type,
    entityId: entity?.id,
    subscriptionId: subscription.providerId,
    createdAt: subscription.createdAt,
    updatedAt: subscription.updatedAt,
  };
}

/** What a shop said of it, or what its terms say of one that is charged here. */
function detailsOf(
  { billing, details }: Subscription,
  { merchant }: Viewer,
): Subscription['details'] {
  if (billing === undefined) return details;
  const service = merchant.services.find(({ uuid }) => uuid === billing.service);
  return {
    recurringProduct: { name: billing.plan.product.name },
    schedule: scheduleView(billing),
    ...(service === undefined ? {} : { paymentProvider: { type: service.type.toLowerCase() } }),
    markAsTest: merchant.environment === 'sandbox',
    ...details,
  };
}

/** `ScheduleOptionsDto`. */
function scheduleView({ plan: { period }, firstAt, timeZone, totalPayments }: BillingTerms) {
  const intervalType = INTERVALS[period.unit];
  const start = new Date(wallOf(Date.parse(firstAt), timeZone)).toISOString();
  return {
    rrule: {
      intervalType,
      interval: period.count,
      startDate: start.slice(0, 10),
      startTime: start.slice(11, 19),
      ...(totalPayments === null ? {} : { count: totalPayments }),
    },
  };
}

const INTERVALS: Record<BillingTerms['plan']['period']['unit'], string> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  year: 'yearly',
};

/** The connected account is an object with an id in single answers, and that id in rows. */
function providerFields(provider: unknown) {
  if (typeof provider !== 'object' || provider === null) return {};
  const { type, connectedAccount: account } = provider as Record<string, unknown>;
  const isObject = typeof account === 'object' && account !== null;
  return {
    paymentProviderType: type,
    paymentProviderConnectedAccount: isObject ? Reflect.get(account, '_id') : account,
  };
}

/** The fields that have a value. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}
