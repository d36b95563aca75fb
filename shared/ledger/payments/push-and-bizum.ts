import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { OrderUuid } from '#ledger/core/ids.ts';
import type { Service } from '#ledger/core/merchant.ts';
import { findService } from '#ledger/core/services.ts';
import { type Order, requireRoomForMoney, transactionOf } from '#ledger/orders/order.ts';
import { phoneOf } from '#ledger/orders/order-phone.ts';
import { beginOtherPayment } from './begin-payment.ts';
import { orderToPay } from './order-to-pay.ts';
import type { Payer } from './payer.ts';
import { type PaymentConditions, PLAIN_CONDITIONS } from './payment-conditions.ts';
import { attemptOf, runTransaction } from './run-transaction.ts';
import { phoneMethodsOf } from './service-methods.ts';
import { claimReference, stageOrder } from './stage-outcome.ts';
import { screenPayment } from './stop-payment.ts';

/**
 * Asks the payer to accept a payment on the telephone (contract C.3, pushPayment). The order stays
 * pending until a queue's job or the recovery fetches the outcome.
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch, phone_required,
 * payment_method_not_supported, reference_already_paid, acquirer_not_configured
 */
export async function requestPush(
  context: LedgerContext,
  input: { order: OrderUuid; method: string | null },
): Promise<Order> {
  const order = await orderToPay(context, input.order);
  if (transactionOf(order, context.work.attempt) !== null) return order;
  const service = findService(context.merchant, order.service.uuid);
  context.requireAcquirer(service);
  const method = phoneMethodOf(service, input.method);
  const phone = phoneOf(order);
  if (phone === null) throw new LedgerError('phone_required', order.uuid);
  const attempt = attemptOf(context);
  const begun = beginOtherPayment(order, attempt, conditionsOf(method, phone));
  claimReference(context, begun);
  const screened = await screenPayment(context, begun);
  if (screened.isStopped) return screened.order;
  return stageOrder(context, requireRoomForMoney(screened.order));
}

/**
 * Pays an order by Bizum with the telephone number that its payer typed in (contract G).
 * @throws LedgerError order_not_payable, order_busy, order_intent_mismatch,
 * payment_method_not_supported, reference_already_paid, acquirer_not_configured
 */
export async function payByBizum(
  context: LedgerContext,
  input: { order: OrderUuid; phone: string; payer: Payer },
): Promise<Order> {
  const order = await orderToPay(context, input.order);
  return runTransaction(context, order, (attempt) => {
    const service = findService(context.merchant, order.service.uuid);
    const conditions = conditionsOf(phoneMethodOf(service, 'BIZUM'), input.phone);
    const begun = beginOtherPayment(order, { ...attempt, ...input.payer }, conditions);
    claimReference(context, begun);
    return { order: begun, card: null };
  });
}

/**
 * The phone method that is asked for, or the service's first.
 * @throws LedgerError payment_method_not_supported
 */
function phoneMethodOf(service: Service, wanted: string | null): string {
  const methods = phoneMethodsOf(service);
  const method = wanted ?? methods[0];
  if (method !== undefined && methods.includes(method)) return method;
  throw new LedgerError('payment_method_not_supported', wanted, methods.join(', ') || 'none');
}

function conditionsOf(method: string, phone: string): PaymentConditions {
  return { ...PLAIN_CONDITIONS, account: { method, phone } };
}
