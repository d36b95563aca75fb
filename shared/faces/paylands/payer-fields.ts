import * as z from 'zod/mini';
import { optional } from './fields.ts';

const ipAddress = z.union([z.ipv4(), z.ipv6()], 'must be an IPv4 or IPv6 address');

/** The payer's address: the first of a list, as proxies write it (contract J). */
export const customerIp = optional(
  z.pipe(
    z.transform((value: unknown) =>
      typeof value === 'string' ? value.split(',', 1)[0]?.trim() : value,
    ),
    optional(ipAddress),
  ),
);
