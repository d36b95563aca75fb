import { withoutCardNumbers } from '#ledger/cards/card-numbers.ts';
import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { type OrderUuid, objectIdFromUuid, type Uuid } from '#ledger/core/ids.ts';
import { idOfWork } from '#ledger/core/unit-of-work.ts';
import {
  isPaid,
  type ManualPayment,
  type Order,
  requireRoom,
  type Transaction,
  transactionOf,
} from '#ledger/orders/order.ts';
import { getOrder } from '#ledger/orders/order-commands.ts';
import type { Message } from '#ledger/outbox/message.ts';
import { payOffline } from '#ledger/payments/offline-payment.ts';
import { listed, notificationOf, stageOrder } from '#ledger/payments/stage-outcome.ts';
import type { Fulfillment } from './fulfillment.ts';
import { fulfill } from './fulfillment-rules.ts';

/**
 * Records a payment of an order that was taken without an acquirer; `amount` in minor units, null
 * for all that is due. Its reference is claimed as by a charge, and the merchant is notified when it
 * completes the order.
 * @throws LedgerError reference_already_paid, and those of `payOffline`
 */
export function recordPayment(
  context: LedgerContext,
  input: { order: Order; amount: number | null; manual: ManualPayment },
): Order {
  const { work } = context;
  if (transactionOf(input.order, work.attempt) !== null) return input.order;
  const attempt = { uuid: work.attempt, now: isoNow(context) };
  const paid = stageOrder(context, payOffline(input.order, input.amount, input.manual, attempt));
  const transaction = paid.transactions.at(-1);
  if (transaction === undefined) throw new Error('A payment without a transaction');
  if (paid.reference !== null) {
    work.stage({ change: 'reference_claimed', reference: paid.reference, order: paid.uuid });
  }
  work.stage(listed(paid, transaction));
  if (isPaid(paid)) work.stage(...notificationOf(context, paid, work.attempt));
  return paid;
}

/**
 * Records that goods left the shop; the buyer is told when that is wanted and an address is known.
 * @throws LedgerError order_not_found, price_not_in_order, fulfillment_exceeds_order, order_full
 */
export async function fulfillOrder(
  context: LedgerContext,
  input: { order: OrderUuid } & Pick<Fulfillment, 'trackings' | 'items' | 'notified'>,
): Promise<{ order: Order; fulfillment: Fulfillment }> {
  const { order: uuid, ...fields } = input;
  const fulfillment: Fulfillment = {
    ...fields,
    id: idOfWork(context.work),
    createdAt: isoNow(context),
  };
  const before = await getOrder(context, uuid);
  const own = before.fulfillments.find((one) => one.id === fulfillment.id);
  if (own !== undefined) return { order: before, fulfillment: own };
  const order = stageOrder(context, fulfill(before, fulfillment));
  const to = order.purchase?.contact?.email ?? null;
  if (fulfillment.notified && to !== null) {
    const message = messageOf(order, fulfillment, to, context.realNowMs());
    context.work.stage({ change: 'message', message });
  }
  return { order, fulfillment };
}

/**
 * Adds a remark of the merchant's people to an order, card numbers in it masked.
 * @throws LedgerError order_not_found, order_full
 */
export async function addNote(
  context: LedgerContext,
  input: { order: OrderUuid; text: string; createdBy: string | null },
): Promise<Order> {
  const order = await getOrder(context, input.order);
  const { createdBy } = input;
  const text = withoutCardNumbers(input.text);
  const id = idOfWork(context.work);
  if (order.notes.some((one) => one.id === id)) return order;
  const note = { id, text, createdBy, createdAt: isoNow(context) };
  return stageOrder(context, requireRoom({ ...order, notes: [...order.notes, note] }));
}

/**
 * A transaction with its order, by the transaction's identity.
 * @throws LedgerError transaction_not_found
 */
export async function findTransaction(
  context: ReadContext,
  transactionUuid: Uuid,
): Promise<{ order: Order; transaction: Transaction }> {
  const id = objectIdFromUuid(transactionUuid);
  const orderUuid =
    id === null ? null : await context.store.orderOfTransaction(context.merchant, id);
  const order = orderUuid === null ? null : await getOrder(context, orderUuid);
  const transaction = order?.transactions.find((one) => one.uuid === transactionUuid);
  if (order === null || transaction === undefined) {
    throw new LedgerError('transaction_not_found', transactionUuid);
  }
  return { order, transaction };
}

function messageOf(
  order: Order,
  { id, createdAt }: Fulfillment,
  to: string,
  realNowMs: number,
): Message {
  return {
    id,
    version: 1,
    kind: 'order_fulfilled',
    to,
    order: order.uuid,
    createdAt,
    state: 'due',
    dueAt: new Date(realNowMs).toISOString(),
    attempts: 0,
  };
}
