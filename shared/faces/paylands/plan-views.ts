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
