import { snapshotOf } from '#ledger/cards/card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { derivedUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import { draftOrder, type OrderDraft, stageCustomer } from '#ledger/orders/order-commands.ts';
import { WITHOUT_PAGE } from '#ledger/orders/plain-draft.ts';
import { beginCharge } from '#ledger/payments/begin-payment.ts';
import { refund } from '#ledger/payments/payment-commands.ts';
import { type PaymentConditions, PLAIN_CONDITIONS } from '#ledger/payments/payment-conditions.ts';
import { runTransaction } from '#ledger/payments/run-transaction.ts';
import {
  type AuthorizationRow,
  type Batch,
  isRefund,
  type RefundRow,
  type RowResult,
} from './batch.ts';

/** A row that can be worked on. */
export type AcceptedRow = AuthorizationRow | RefundRow;

/** The UUID of the order that a row's charge creates, derived from the row's attempt. */
export function orderOfRow(attempt: Uuid): Uuid {
  return derivedUuid(attempt, 1);
}

/**
 * Makes the charge or refund of a row. The row's attempt is the transaction's UUID and the
 * acquirer's idempotency key, and a charge's order is derived from it, so that a row that is run
 * again finds what it did before. After a cancellation a row only finishes what it had begun.
 */
export async function runRow(
  context: LedgerContext,
  batch: Batch,
  row: AcceptedRow,
): Promise<RowResult | null> {
  const mayBegin = batch.state === 'running';
  try {
    const order = isRefund(row)
      ? await refundOrder(context, row, mayBegin)
      : await chargeCard(context, batch, row, mayBegin);
    if (order !== null) return resultOf(order, context.work.attempt);
    if (!isRefund(row)) neverMake(context, new LedgerError(WAS_CANCELLED));
    return NEVER_BEGAN;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    // Another run found its file cancelled; the next one does, too.
    if (error.code === WAS_CANCELLED) return null;
    if (!isRefund(row)) neverMake(context, error);
    return failed(error.code);
  }
}

/**
 * What is to be said of a row that was not charged must stay true: another run of it, which saw its
 * card or its file a moment before or later, is refused when it begins.
 */
function neverMake({ work }: LedgerContext, refusal: LedgerError): void {
  work.discard();
  work.stage({ change: 'order_refused', order: orderOfRow(work.attempt), refusal });
}

const WAS_CANCELLED = 'write_conflict';

const NEVER_BEGAN: RowResult = { state: 'cancelled', amount: 0, currency: null, error: null };

function failed(error: string): RowResult {
  return { state: 'failed', amount: 0, currency: null, error };
}

/** Creates the order and charges it, in the two commits of a charge. */
async function chargeCard(
  context: LedgerContext,
  batch: Batch,
  row: AuthorizationRow,
  mayBegin: boolean,
): Promise<Order | null> {
  const uuid = orderOfRow(context.work.attempt);
  const {
    order: known,
    card,
    securityPolicy,
  } = await context.store.read(context.merchant, {
    order: uuid,
    card: row.card,
    securityPolicy: 'policy',
  });
  if (known === null && !mayBegin) return null;
  const order = known ?? draftOrder(context, draftOf(batch, row), uuid);
  return runTransaction(context, order, (attempt) => {
    if (card === null || card.customer !== row.customer) {
      throw new LedgerError('card_not_found', row.card);
    }
    stageCustomer(context, order);
    const begun = beginCharge(order, snapshotOf(card), attempt, CONDITIONS);
    return { order: begun, card, policy: securityPolicy };
  });
}

/** Whoever hands in a file is not the payer. */
const CONDITIONS: PaymentConditions = { ...PLAIN_CONDITIONS, unattended: true };

async function refundOrder(
  context: LedgerContext,
  row: RefundRow,
  mayBegin: boolean,
): Promise<Order | null> {
  if (!mayBegin) {
    const { order } = await context.store.read(context.merchant, { order: row.order });
    const hasBegun = order?.transactions.some(({ uuid }) => uuid === context.work.attempt);
    if (hasBegun !== true) return null;
  }
  return refund(context, { order: row.order, amount: row.amount });
}

function draftOf(batch: Batch, row: AuthorizationRow): OrderDraft {
  return {
    ...WITHOUT_PAGE,
    intent: 'sale',
    amount: row.amount,
    customer: row.customer,
    description: batch.filename,
    additional: row.additional,
    saveCard: true,
    notifyUrl: row.notifyUrl,
    extraData: row.extraData,
    service: row.service,
    expiresInSeconds: OPEN_SECONDS,
  };
}

/** The order is short-lived, as nothing but its row pays it. */
const OPEN_SECONDS = 600;

/** The result of an attempt; null while it is pending. */
function resultOf(order: Order, attempt: Uuid): RowResult | null {
  const transaction = order.transactions.find(({ uuid }) => uuid === attempt);
  const currency = order.currency.code;
  switch (transaction?.status) {
    case 'succeeded':
      return { state: 'done', amount: transaction.amount, currency, error: null };
    case 'refused':
    case 'error':
      return { state: 'refused', amount: 0, currency, error: transaction.error };
    default:
      return null;
  }
}
