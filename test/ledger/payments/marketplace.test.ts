import { describe, expect, test } from 'vitest';
import { refundShares } from '#ledger/payments/marketplace.ts';

const sharesOf = (marketplace_refunds: unknown, amount: number) =>
  refundShares({ marketplace_refunds }, amount);

describe('the shares of a refund', () => {
  test('are what is returned, each with its net amount if it has one', () => {
    const shares = [
      { amount: 300, net_amount: 200 },
      { amount: 90 },
      { amount: 50, net_amount: 0 },
    ];
    expect(sharesOf(shares, 290)).toEqual(shares);
    expect(sharesOf({ 0: { amount: 290 } }, 290)).toEqual([{ amount: 290 }]);
  });

  test.each([289, 291, 440])('do not add up to %i', (amount) => {
    const shares = [{ amount: 300, net_amount: 200 }, { amount: 90 }];
    expect(() => sharesOf(shares, amount)).toThrow(
      expect.objectContaining({
        code: 'marketplace_shares_mismatch',
        subject: `290 of ${amount}`,
      }),
    );
  });

  test('need not be said; an empty list returns nothing', () => {
    expect(refundShares(null, 10)).toBeNull();
    expect(refundShares({ profile: {} }, 10)).toBeNull();
    expect(() => sharesOf([], 10)).toThrow();
  });
});
