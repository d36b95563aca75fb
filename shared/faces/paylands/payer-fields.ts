import * as z from 'zod/mini';
import { optional } from './fields.ts';

const ipAddress = z.union([z.ipv4(), z.ipv6()], 'must be an IPv4 or IPv6 address');

/**
 * The payer's address: the first of a list, as proxies write it (contract J), some with a port, some
 * with `unknown` for who came before them.
 */
export const customerIp = optional(
  z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' ? firstOf(value) : value)),
    optional(ipAddress),
  ),
);

function firstOf(list: string): string {
  const [first = ''] = list.replace(/^(\s*unknown\s*,)+/i, '').split(',', 1);
  return first
    .trim()
    .replace(/^\[(.*)\](:\d{1,5})?$/, '$1')
    .replace(/^([\d.]+):\d{1,5}$/, '$1');
}
