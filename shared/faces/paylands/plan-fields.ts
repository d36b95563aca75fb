import * as z from 'zod/mini';
import type { PlanDraft } from '#ledger/plans/plan-commands.ts';
import type { Period } from '#ledger/subscriptions/calendar.ts';
import { amount, externalId, flag, integer, nameText, optional } from './fields.ts';

const UNITS: Record<string, Period['unit']> = {
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  ANNUAL: 'year',
  /** What the vendor's own SDK sends (contract C.11). */
  YEARLY: 'year',
};

const intervalType = z.pipe(
  z.transform((value: unknown) => (typeof value === 'string' ? UNITS[value.toUpperCase()] : value)),
  z.enum(['day', 'week', 'month', 'year'], 'must be DAILY, WEEKLY, MONTHLY or ANNUAL'),
);

/** So many of the longest unit are a century or more, which nobody lives to be charged after. */
const MAX_INTERVAL = 1000;

const fields = z.object({
  name: nameText(255),
  external_id: externalId,
  product: externalId,
  amount,
  interval: integer(1, MAX_INTERVAL),
  interval_type: intervalType,
  trial_available: optional(flag),
  interval_offset: optional(integer(0, MAX_INTERVAL)),
  interval_offset_type: optional(intervalType),
});

/** A plan's fields: one with a trial says how long the trial is. */
export const planFields = fields.check(({ value, issues }) => {
  if (value.trial_available !== true) return;
  for (const name of ['interval_offset', 'interval_offset_type'] as const) {
    if (value[name] !== undefined) continue;
    const message = 'must be given of a plan with a trial';
    issues.push({ code: 'custom', input: value, path: [name], message });
  }
});

export function planDraft(body: z.output<typeof planFields>): PlanDraft {
  return {
    externalId: body.external_id,
    name: body.name,
    amount: body.amount,
    period: { count: body.interval, unit: body.interval_type },
    trial: {
      isOffered: body.trial_available ?? false,
      count: body.interval_offset ?? null,
      unit: body.interval_offset_type ?? null,
    },
    product: body.product,
  };
}
