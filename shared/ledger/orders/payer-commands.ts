import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { cancelByPayer, openForPayment } from '#ledger/payments/authentication-rules.ts';
import { notificationOf, stageOrder } from '#ledger/payments/stage-outcome.ts';
import type { Order } from './order.ts';

/** Stages that the payer of an order has opened a page to pay it (contract D.1, PENDING_CARD). */
export function openOrder(context: LedgerContext, order: Order): Order {
  const opened = openForPayment(order, isoNow(context));
  return opened === order ? order : stageOrder(context, opened);
}

/**
 * Cancels an order on behalf of its payer (contract D.1, USER_CANCELLED).
 * @throws LedgerError order_not_payable, order_busy
 */
export function cancelOrder(context: LedgerContext, order: Order): Order {
  const written = stageOrder(context, cancelByPayer(order, isoNow(context)));
  context.work.stage(...notificationOf(context, written, context.work.attempt));
  return written;
}
