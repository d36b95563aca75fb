import * as z from 'zod/mini';
import type { Currency } from '../../ledger/order.ts';
import type { Sale } from '../../ledger/sale.ts';
import { RequestError } from '../errors.ts';
import { AmountsError, saleDocument, saleOf } from '../highlevel/sale-document.ts';
import { extraData } from './extra-data.ts';

/**
 * `extra_data` whose `highlevel` says what was sold, in the terms of the HighLevel face. That is an
 * extension of ours: the field is kept and echoed as it was sent, but it must be well-formed.
 */
export const extraDataWithSale = extraData.check((context) => {
  const { highlevel } = context.value;
  if (highlevel === undefined || highlevel === null) return;
  const result = z.safeParse(saleDocument, highlevel);
  for (const { path } of result.error?.issues ?? []) {
    context.issues.push({ code: 'custom', input: context.value, path: ['highlevel', ...path] });
  }
});

/**
 * What was sold with an order of an amount in minor units, or null when that was not said.
 * @throws RequestError 400 for amounts that the currency does not have
 */
export function saleFrom(
  extra: Record<string, unknown> | undefined,
  currency: Currency,
  amount: number,
): Sale | null {
  const highlevel = extra?.highlevel ?? null;
  if (highlevel === null) return null;
  try {
    return saleOf(z.parse(saleDocument, highlevel), currency.digits, amount);
  } catch (error) {
    if (!(error instanceof AmountsError)) throw error;
    const fields = error.paths.map((path) => `Field extra_data.highlevel.${path} is not valid`);
    throw new RequestError(400, fields.join(', '));
  }
}
