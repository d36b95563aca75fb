import * as z from 'zod/mini';
import { extraData } from '#faces/paylands/extra-data.ts';
import {
  externalId,
  freeText,
  optional,
  positiveAmount,
  uuid,
  webUrl,
} from '#faces/paylands/fields.ts';
import type { AuthorizationRow, RefundRow, RejectedRow } from '#ledger/batches/batch.ts';
import { withoutCardNumbersIn } from '#ledger/cards/card-numbers.ts';
import { extraDataIn } from './extra-data-cell.ts';
import { checkedRow } from './row-errors.ts';
import type { Cells, Column } from './table.ts';

type AuthorizationColumn =
  | 'AMOUNT'
  | 'CARD'
  | 'CUSTOMER_EXTERNAL_ID'
  | 'SERVICE'
  | 'ADDITIONAL'
  | 'URL_POST'
  | 'EXTRA_DATA';

/** The columns of a payments file (contract F.2). */
export const AUTHORIZATION_COLUMNS: Record<AuthorizationColumn, Column> = {
  AMOUNT: { names: ['AMOUNT'], required: true },
  CARD: { names: ['CARD', 'CARD_UUID', 'SOURCE_UUID'], required: true },
  CUSTOMER_EXTERNAL_ID: { names: ['CUSTOMER_EXTERNAL_ID', 'CUSTOMER_EXT_ID'], required: true },
  SERVICE: { names: ['SERVICE', 'SERVICE_UUID'], required: true },
  ADDITIONAL: { names: ['ADDITIONAL'], required: false },
  URL_POST: { names: ['URL_POST'], required: false },
  EXTRA_DATA: { names: ['EXTRA_DATA'], required: false },
};

type RefundColumn = 'ORDER_UUID' | 'AMOUNT';

/** The columns of a refunds file (contract F.3). */
export const REFUND_COLUMNS: Record<RefundColumn, Column> = {
  ORDER_UUID: { names: ['ORDER_UUID', 'ORDER'], required: true },
  AMOUNT: { names: ['AMOUNT'], required: true },
};

const authorization = z.object({
  AMOUNT: positiveAmount,
  CARD: uuid,
  CUSTOMER_EXTERNAL_ID: externalId,
  SERVICE: uuid,
  ADDITIONAL: optional(freeText(4096)),
  URL_POST: optional(webUrl),
  EXTRA_DATA: optional(z.pipe(z.transform(extraDataWithoutNumbers), extraData)),
});

const refund = z.object({ ORDER_UUID: uuid, AMOUNT: positiveAmount });

/** A charge as a row of a file says it, for one of the merchant's services. */
export function authorizationRow(
  row: Cells<AuthorizationColumn>,
  services: ReadonlySet<string>,
): AuthorizationRow | RejectedRow {
  const checked = checkedRow(row, authorization, (cells, line) => ({
    line,
    amount: cells.AMOUNT,
    card: cells.CARD,
    customer: cells.CUSTOMER_EXTERNAL_ID,
    service: cells.SERVICE,
    additional: cells.ADDITIONAL ?? null,
    notifyUrl: cells.URL_POST ?? null,
    extraData: cells.EXTRA_DATA ?? null,
  }));
  if ('problem' in checked || services.has(checked.service)) return checked;
  return { line: row.line, problem: 'Invalid service' };
}

/** A refund as a row of a file says it. */
export function refundRow(row: Cells<RefundColumn>): RefundRow | RejectedRow {
  return checkedRow(row, refund, (cells, line) => ({
    line,
    order: cells.ORDER_UUID,
    amount: cells.AMOUNT,
  }));
}

/** Card numbers in it are left with their last four digits, as in requests. */
function extraDataWithoutNumbers(cell: unknown): unknown {
  return withoutCardNumbersIn(extraDataIn(cell));
}
