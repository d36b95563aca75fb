import * as z from 'zod/mini';
import type { OwnAuthentication } from '#ledger/payments/one-step.ts';
import { optional, text } from './fields.ts';

/** A merchant's own authentication (contract C.3, `threeds_data`); its cryptogram is not kept. */
export const threedsData = z
  .looseObject({
    version: optional(text(16)),
    eci: optional(text(2)),
    cavv: optional(text(255)),
    status: optional(z.enum(['Y', 'A', 'N', 'U', 'R', 'C'])),
  })
  .check(z.refine((data) => JSON.stringify(data).length <= 4096));

/**
 * What a merchant's own authentication came to; null when the payer was not authenticated, nor
 * refused. `status` is a field of ours: without it, indicator and cryptogram decide (contract J).
 */
export function ownAuthentication(
  data: z.output<typeof threedsData> | undefined,
): OwnAuthentication | null {
  if (data === undefined) return null;
  const status = data.status === undefined ? statusOf(data) : STATUSES[data.status];
  if (status === null) return null;
  return { version: data.version ?? '2.2', eci: data.eci ?? null, status };
}

/** 3-D Secure's transStatus, as far as it decides; a rejection is a failure, `U` is nothing. */
const STATUSES = { Y: 'Y', A: 'A', N: 'N', R: 'N', C: 'C', U: null } as const;

/** Mastercard counts 01 and 02, the others 06 and 05: attempted and authenticated. */
function statusOf({ eci, cavv }: z.output<typeof threedsData>): OwnAuthentication['status'] | null {
  if (eci === undefined || cavv === undefined) return null;
  if (/^0?[25]$/.test(eci)) return 'Y';
  return /^0?[16]$/.test(eci) ? 'A' : null;
}
