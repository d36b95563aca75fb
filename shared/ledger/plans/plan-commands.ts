import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { idOfWork } from '#ledger/core/unit-of-work.ts';
import type { Company, Plan, Product } from './plan.ts';

export type ProductDraft = Pick<Product, 'externalId' | 'name' | 'notifyUrl'>;

export type PlanDraft = Pick<Plan, 'externalId' | 'name' | 'amount' | 'period' | 'trial'> & {
  /** The external id of its product. */
  product: string;
};

/** Registers the merchant as a seller of subscriptions; repeated, it returns the same company. */
export async function registerCompany(context: LedgerContext): Promise<Company> {
  const { store, merchant, work } = context;
  const { company: known } = await store.read(merchant, { company: 'only' });
  if (known !== null) return known;
  const company = { id: merchant.merchant, name: merchant.name, createdAt: isoNow(context) };
  work.stage({ change: 'company', company });
  return company;
}

/** @throws LedgerError product_exists */
export async function createProduct(context: LedgerContext, draft: ProductDraft): Promise<Product> {
  const { store, merchant, work } = context;
  const id = idOfWork(work);
  const { product: known } = await store.read(merchant, { product: draft.externalId });
  if (known?.id === id) return known;
  if (known !== null) throw new LedgerError('product_exists', draft.externalId);
  const product = { ...draft, id, createdAt: isoNow(context) };
  work.stage({ change: 'product', product });
  return product;
}

/** @throws LedgerError product_not_found */
export async function getProduct(context: ReadContext, externalId: string): Promise<Product> {
  const { product } = await context.store.read(context.merchant, { product: externalId });
  if (product === null) throw new LedgerError('product_not_found', externalId);
  return product;
}

/**
 * Says how many days after a failed attempt the next one is made, also for what is subscribed to
 * already.
 * @throws LedgerError product_not_found
 */
export async function setRetryDays(
  context: LedgerContext,
  externalId: string,
  retryDays: number,
): Promise<Product> {
  const before = await getProduct(context, externalId);
  const product = { ...before, retryDays, changes: (before.changes ?? 0) + 1 };
  context.work.stage({ change: 'product_changed', product });
  return product;
}

/**
 * Deletes a product. Its plans and their subscriptions stay, but nobody can subscribe to them any
 * more.
 * @throws LedgerError product_not_found
 */
export async function deleteProduct(context: LedgerContext, externalId: string): Promise<void> {
  const product = await getProduct(context, externalId);
  context.work.stage({ change: 'product_deleted', product });
}

/** @throws LedgerError product_not_found, plan_exists */
export async function createPlan(context: LedgerContext, draft: PlanDraft): Promise<Plan> {
  const { store, merchant, work } = context;
  const id = idOfWork(work);
  const { product, plan: known } = await store.read(merchant, {
    product: draft.product,
    plan: draft.externalId,
  });
  if (known?.id === id) return known;
  if (product === null) throw new LedgerError('product_not_found', draft.product);
  if (known !== null) throw new LedgerError('plan_exists', draft.externalId);
  const plan = { ...draft, id, product, createdAt: isoNow(context) };
  work.stage({ change: 'plan', plan });
  return plan;
}

/** @throws LedgerError plan_not_found */
export async function getPlan(context: ReadContext, externalId: string): Promise<Plan> {
  const { plan } = await context.store.read(context.merchant, { plan: externalId });
  if (plan === null) throw new LedgerError('plan_not_found', externalId);
  return plan;
}

/**
 * Deletes a plan; its subscriptions go on.
 * @throws LedgerError plan_not_found
 */
export async function deletePlan(context: LedgerContext, externalId: string): Promise<void> {
  const plan = await getPlan(context, externalId);
  context.work.stage({ change: 'plan_deleted', plan });
}
