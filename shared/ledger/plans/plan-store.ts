import type { Tenant } from '#ledger/core/merchant.ts';
import type { Company, Plan, Product } from './plan.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Written if the merchant has none yet. */
    company: { company: Company };
    /** Written if its id is free; so are plans. */
    product: { product: Product };
    /** A lost race when there is none any more. */
    product_changed: { product: Product };
    /** Refused when there is none any more; so are plans. */
    product_deleted: { product: Product };
    plan: { plan: Plan };
    plan_deleted: { plan: Plan };
  }

  interface Entities {
    company: { key: 'only'; value: Company };
    product: { key: string; value: Product };
    plan: { key: string; value: Plan };
  }

  interface LedgerReads {
    /** All products, oldest first. */
    products(tenant: Tenant): Promise<Product[]>;
    /** All plans, oldest first. */
    plans(tenant: Tenant): Promise<Plan[]>;
  }
}
