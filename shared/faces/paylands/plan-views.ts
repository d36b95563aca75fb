import * as z from 'zod/mini';
import type { Company, Plan, Product } from '#ledger/plans/plan.ts';
import type { Period } from '#ledger/subscriptions/calendar.ts';
import { plainTime } from './time.ts';

/** Paylands' names of periods (contract D.8). */
export const INTERVAL_TYPES: Record<Period['unit'], string> = {
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'ANNUAL',
};

const times = { created_at: z.string(), updated_at: z.string() };

/** Contract C.11. */
export const companyShape = z.looseObject({ name: z.string(), external_id: z.string(), ...times });

export const productShape = z.looseObject({
  name: z.string(),
  external_id: z.string(),
  sandbox: z.boolean(),
  notification_url: z.nullable(z.string()),
  ...times,
});

const intervalType = z.enum(['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUAL']);

export const planShape = z.looseObject({
  name: z.string(),
  external_id: z.string(),
  amount: z.int(),
  interval: z.int(),
  interval_type: intervalType,
  trial_available: z.boolean(),
  interval_offset: z.nullable(z.int()),
  interval_offset_type: z.nullable(intervalType),
  ...times,
  product: productShape,
});

export const companyView = ({ id, name, createdAt }: Company) => ({
  name,
  external_id: id,
  ...timesView(createdAt),
});

export const productView = (product: Product, isSandbox: boolean) => ({
  name: product.name,
  external_id: product.externalId,
  sandbox: isSandbox,
  notification_url: product.notifyUrl,
  ...timesView(product.createdAt),
});

export const planView = (plan: Plan, isSandbox: boolean) => ({
  name: plan.name,
  external_id: plan.externalId,
  amount: plan.amount,
  interval: plan.period.count,
  interval_type: INTERVAL_TYPES[plan.period.unit],
  trial_available: plan.trial.isOffered,
  interval_offset: plan.trial.count,
  interval_offset_type: plan.trial.unit === null ? null : INTERVAL_TYPES[plan.trial.unit],
  ...timesView(plan.createdAt),
  product: productView(plan.product, isSandbox),
});

/** What never changes was updated when it was created. */
function timesView(createdAt: string) {
  return { created_at: plainTime(createdAt), updated_at: plainTime(createdAt) };
}
