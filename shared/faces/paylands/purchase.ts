import * as z from 'zod/mini';
import {
  AmountsError,
  foreignPrices,
  type PurchaseDocument,
  purchaseDocument,
  purchaseOf,
} from '#faces/highlevel/purchase-document.ts';
import type { Currency } from '#ledger/orders/order.ts';
import type { Purchase } from '#ledger/purchases/purchase.ts';
import { RequestError } from '#operation/http/errors.ts';
import { parseInput } from '#operation/http/parse.ts';
import { extraData } from './extra-data.ts';
import { formOf } from './wording.ts';

/**
 * `extra_data` whose `highlevel` says what was sold, in the conditions of the HighLevel face. That is an
 * extension of ours: the field is kept and echoed as it was sent, but it must be well-formed.
 */
export const extraDataWithPurchase = extraData.check((context) => {
  const { highlevel } = context.value;
  if (highlevel === undefined || highlevel === null) return;
  const result = parseInput(purchaseDocument, highlevel);
  for (const issue of result.error?.issues ?? []) {
    const message = formOf(issue) ?? undefined;
    const path = ['highlevel', ...issue.path];
    context.issues.push({ code: 'custom', input: context.value, path, message });
  }
});

/**
 * What was sold with an order of an amount in minor units, or null when that was not said.
 * @throws RequestError 400 for amounts that the currency does not have, and prices of another one
 */
export function purchaseFrom(
  extra: Record<string, unknown> | undefined,
  currency: Currency,
  amount: number,
): Purchase | null {
  const highlevel = extra?.highlevel ?? null;
  if (highlevel === null) return null;
  const document = z.parse(purchaseDocument, highlevel);
  requireCurrency(document, currency);
  try {
    return purchaseOf(document, currency.digits, amount);
  } catch (error) {
    if (!(error instanceof AmountsError)) throw error;
    const fields = error.paths.map(
      (path) =>
        `Field extra_data.highlevel.${path} is not valid: it has more decimals than ${currency.code}`,
    );
    throw new RequestError(400, fields.join('; '));
  }
}

function requireCurrency(document: PurchaseDocument, currency: Currency): void {
  const fields = foreignPrices(document, currency).map(
    (path) =>
      `Field extra_data.highlevel.${path} is not valid: the order's service charges in ${currency.code}`,
  );
  if (fields.length > 0) throw new RequestError(400, fields.join('; '));
}
