import { LedgerError } from '#ledger/core/errors.ts';

/** One merchant's share of a marketplace's refund (contract C.1.6). */
interface Share {
  amount: number;
  net_amount?: number;
}

/**
 * The shares of a refund as they were sent, or null when there are none. A share counts with its
 * `net_amount`, else its `amount`, and together they must be the refund.
 * @throws LedgerError marketplace_shares_mismatch
 */
export function refundShares(
  extraData: Record<string, unknown> | null,
  amount: number,
): readonly unknown[] | null {
  const sent = extraData?.marketplace_refunds;
  if (typeof sent !== 'object' || sent === null) return null;
  // Their form was checked; the documentation prints the list as an object that holds its items.
  const shares = Object.values(sent) as Share[];
  const sum = shares.reduce((total, one) => total + Number(one.net_amount ?? one.amount), 0);
  if (sum === amount) return shares;
  throw new LedgerError('marketplace_shares_mismatch', `${sum} of ${amount}`);
}
