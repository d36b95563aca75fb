import { compare } from './asks.ts';
import type { RestWithOrders } from './check-all.ts';

/** What a location has made is there once, and no two of it share a name that must be unique. */
export async function checkRegisters(rest: RestWithOrders): Promise<void> {
  const { world, shops, runtime, asks, orders } = rest;
  const made: string[] = [];
  for (const { tenant, location } of shops) {
    const coupons = await runtime.store.coupons(tenant);
    const codes = coupons.map(({ code }) => code);
    if (new Set(codes).size < codes.length) world.fail(`${location} has two coupons of one code`);
    const brands = await runtime.store.whiteLabels(tenant, location);
    const names = brands.map(({ uniqueName }) => uniqueName);
    if (new Set(names).size < names.length) world.fail(`${location} has two brands of one name`);
    for (const { id, code, usageCount } of coupons) {
      const uses = orders.filter(({ purchase }) => purchase?.coupon?.id === id).length;
      if (uses !== usageCount) world.fail(`${code} counts ${usageCount} of ${uses} uses`);
    }
    made.push(...coupons.map(({ name }) => `coupon ${name}`));
    made.push(...brands.map(({ title }) => `brand ${title}`));
  }
  for (const ask of [...asks.of('coupon'), ...asks.of('brand')]) {
    compare(rest, ask, made.filter((one) => one === ask).length);
  }
}
