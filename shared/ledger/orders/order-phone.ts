import { telephoneOf } from '#ledger/customers/telephone.ts';
import type { Order } from './order.ts';

/** The telephone number that the merchant gave with the order (`extra_data.profile.phone`). */
export function phoneOf(order: Order): string | null {
  const profile = order.extraData?.profile;
  const phone = isObject(profile) ? profile.phone : null;
  if (!isObject(phone)) return null;
  const { prefix, number } = phone;
  const digits = typeof number === 'number' ? String(number) : number;
  if (typeof digits !== 'string' || digits === '') return null;
  return telephoneOf(String(prefix ?? ''), digits);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
