import { code as findCurrency } from 'currency-codes';
import type { Currency } from '#ledger/orders/order.ts';

/**
 * A currency by its ISO 4217 code.
 * @throws when there is none
 */
export function currencyOf(code: string): Currency {
  const found = findCurrency(code.toUpperCase());
  if (found === undefined) throw new Error(`${code} is not an ISO 4217 currency code, like EUR`);
  return { code: found.code, number: found.number, digits: found.digits };
}
