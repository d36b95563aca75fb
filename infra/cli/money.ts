import type { Currency } from '#ledger/orders/order.ts';

/** An amount of minor units in major ones: `10.50 EUR`. */
export function formatAmount(amount: number, { code, digits }: Currency): string {
  const text = String(amount).padStart(digits + 1, '0');
  if (digits === 0) return `${text} ${code}`;
  return `${text.slice(0, -digits)}.${text.slice(-digits)} ${code}`;
}
