import { LedgerError } from '#ledger/core/errors.ts';

/** What one merchant of a marketplace returns of a refund (contract C.1.6). */
interface Share {
  amount: number;
  net_amount?: number;
}

/**
 * The shares of a refund, as they were sent, or null when there are none. What each merchant
 * returns is its `net_amount`, or its `amount` without one; together they are the refund.
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
