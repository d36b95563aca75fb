import * as z from 'zod/mini';
import { instantOf, wallOf } from '#ledger/subscriptions/calendar.ts';
import type { BillingDraft } from '#ledger/subscriptions/subscribe.ts';
import { externalId, freeText, integer, nameText, optional, text, uuid, webUrl } from './fields.ts';

/** An object that may come as the JSON text that answers have in its place. */
const objectOrText = z.transform((value: unknown) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
});

const DATE =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?:(Z)|([+-]\d{2}):?(\d{2}))?)?$/;

const DATE_WORDS = 'must be a day as YYYY-MM-DD, or a time as YYYY-MM-DD HH:MM:SS';

/** A day, a time of the merchant's time zone, or a time with an offset. */
const dateOrTime = z.pipe(
  text(40),
  z.string().check(z.refine((value) => !Number.isNaN(wallTimeOf(value)), DATE_WORDS)),
);

/** The id of a subscription or of its payment, in any case; other text is no such id. */
export const subscriptionId = z.pipe(
  text(64),
  z.transform((value) => (/^[0-9a-f]{24}$/i.test(value) ? value.toLowerCase() : value)),
);

/** A UUID as answers have it, or any text, which then is none of anything. */
const uuidOrText = z.pipe(
  nameText(255),
  z.transform((value) => (z.safeParse(uuid, value).success ? value.toUpperCase() : value)),
);

/** What the payments are made with; whether there is such a service and card shows at a charge. */
const additionalData = z.object({
  operative: optional(z.enum(['AUTHORIZATION', 'DEFERRED'])),
  source_uuid: uuidOrText,
  customer_ext_id: optional(externalId),
  service: uuidOrText,
  additional: optional(freeText(4096)),
  url_post: optional(webUrl),
});

export const subscriptionFields = z.object({
  plan: externalId,
  customer: externalId,
  additional_data: z.pipe(objectOrText, additionalData),
  total_payment_number: integer(1, 100_000),
  payment_attempts_limit: integer(1, 100),
  initial_date: optional(dateOrTime),
});

export function billingDraft(
  body: z.output<typeof subscriptionFields>,
  firstAt: BillingDraft['firstAt'],
): BillingDraft {
  const { additional_data: data } = body;
  return {
    plan: body.plan,
    subscriber: body.customer,
    payer: data.customer_ext_id ?? body.customer,
    intent: data.operative === 'DEFERRED' ? 'hold' : 'sale',
    service: data.service,
    card: data.source_uuid,
    additional: data.additional ?? null,
    notifyUrl: data.url_post ?? null,
    firstAt,
    totalPayments: body.total_payment_number,
    maxAttempts: body.payment_attempts_limit,
  };
}

const MAX_AHEAD_MS = 10 * 366 * 86_400_000;

/**
 * The time of the first payment that a date names, in milliseconds since 1970; a day begins with
 * its first minute. What is over of today is now. NaN when the time is over, or more than ten years
 * away: to charge at once what was to be charged earlier may charge it twice.
 */
export function firstPaymentTime(date: string, nowMs: number, zone: string): number {
  const [, , , , utc, hours, minutes] = DATE.exec(date) ?? [];
  const wallMs = wallTimeOf(date);
  const hasOffset = utc !== undefined || hours !== undefined;
  const timeMs = hasOffset ? wallMs - offsetMs(hours, minutes) : instantOf(wallMs, zone);
  if (timeMs > nowMs + MAX_AHEAD_MS) return Number.NaN;
  if (timeMs >= nowMs) return timeMs;
  return dayOf(timeMs, zone) === dayOf(nowMs, zone) ? nowMs : Number.NaN;
}

/** What clocks show at a date, as if it were UTC; NaN when there is no such date. */
function wallTimeOf(date: string): number {
  const [, day = '', minute = '00:00', second = '00'] = DATE.exec(date) ?? [];
  const wallMs = Date.parse(`${day}T${minute}:${second}Z`);
  return !Number.isNaN(wallMs) && dayIn(wallMs) === day ? wallMs : Number.NaN;
}

function offsetMs(hours = '+00', minutes = '00'): number {
  const sign = hours.startsWith('-') ? -1 : 1;
  return sign * (Math.abs(Number(hours)) * 60 + Number(minutes)) * 60_000;
}

function dayOf(timeMs: number, zone: string): string {
  return dayIn(wallOf(timeMs, zone));
}

function dayIn(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
