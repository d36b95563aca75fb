import type { Card } from '#ledger/cards/card.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { derivedUuid, objectIdFromUuid, type Uuid } from '#ledger/core/ids.ts';
import type { Change, ChangeOf } from '#ledger/core/store.ts';
import type { Order, OrderStatus, Transaction } from '#ledger/orders/order.ts';
import { dueOf } from '#ledger/orders/order-due.ts';
import { isPayment } from '#ledger/orders/order-lists.ts';
import { withStanding } from '#ledger/orders/order-state.ts';
import type { PaymentFacets } from '#ledger/orders/order-store.ts';
import { entryOf } from '#ledger/orders/transaction-entry.ts';
import type { Notification } from '#ledger/outbox/notification.ts';
import { DIRECT_CHANNEL } from '#ledger/purchases/purchase.ts';
import { uncounted } from '#ledger/security/screening.ts';

/** Stages an order as its next version. */
export function stageOrder(context: LedgerContext, order: Order): Order {
  const realNowMs = context.realNowMs();
  const next = withStanding({ ...order, version: order.version + 1 }, realNowMs);
  const due = dueOf(next, context.recoverAfterMs, realNowMs);
  context.work.stage({ change: 'order', order: next, due, testClock: context.merchant.testClock });
  return next;
}

/** Stages all that follows from a transaction's outcome: list, outbox, reference and card. */
export function stageOutcome(
  context: LedgerContext,
  order: Order,
  transactionUuid: Uuid,
  card: Card | null,
  holdsReference = true,
): void {
  const transaction = order.transactions.find((one) => one.uuid === transactionUuid);
  if (transaction === undefined) throw new Error('An outcome without a transaction');
  context.work.stage(
    listed(order, transaction),
    ...notificationOf(context, order, transactionUuid),
  );
  if (OVER.includes(order.status) && holdsReference) releaseReference(context, order);
  if (transaction.device !== undefined) {
    const { uuid, device } = transaction;
    context.work.stage({ change: 'device_freed', device: device.id, transaction: uuid });
  }
  if (transaction.status === 'refused' || transaction.status === 'cancelled') {
    const counts = uncounted(transaction);
    context.work.stage(...counts.map((count) => ({ change: 'velocity_counted' as const, count })));
  }
  if (card !== null && transaction.status === 'succeeded') {
    stageCardUse(context, order, card, transaction);
  }
}

/** States of an order that was not paid and will not be. */
const OVER: OrderStatus[] = ['refused', 'voided', 'fraud', 'blacklisted'];

/** Claims the order's reference for it: of all orders with the reference one can be paid. */
export function claimReference(context: LedgerContext, order: Order): void {
  const { reference, uuid } = order;
  if (reference !== null) {
    context.work.stage({ change: 'reference_claimed', reference, order: uuid });
  }
}

/** Releases the reference of an order whose payment did not succeed. */
export function releaseReference(context: LedgerContext, order: Order): void {
  const { reference, uuid } = order;
  if (reference !== null) {
    context.work.stage({ change: 'reference_released', reference, order: uuid });
  }
}

/** Lists a finished transaction, a payment also among the payments. */
export function listed(order: Order, transaction: Transaction): ChangeOf<'listed'> {
  return {
    change: 'listed',
    entry: entryOf(order, transaction),
    payment: isPayment(transaction) ? facetsOf(order) : null,
  };
}

function facetsOf(order: Order): PaymentFacets {
  const { type, subType } = order.purchase?.channel ?? DIRECT_CHANNEL;
  return { channelType: type, channelSubType: subType };
}

/**
 * The notification of a state change, if the order has a notification URL. States that wait for the
 * payer are not notified (contract B.1): a soft decline is not final.
 */
export function notificationOf(context: LedgerContext, order: Order, cause: Uuid): Change[] {
  const id = objectIdFromUuid(cause);
  if (order.notifyUrl === null || id === null || UNTOLD.includes(order.status)) return [];
  const realNow = new Date(context.realNowMs()).toISOString();
  const onDemand = faultOf(context);
  const notification: Notification = {
    id,
    version: 1,
    url: order.notifyUrl,
    order,
    state: 'due',
    createdAt: realNow,
    dueAt: onDemand?.notBefore ?? realNow,
    attempts: [],
    ...(onDemand === null ? {} : { onDemand }),
  };
  return [{ change: 'notification', orderUuid: order.uuid, notification }];
}

/** The faults of notifications that the sandbox was asked for, if any. */
function faultOf({
  merchant,
  realNowMs,
}: LedgerContext): NonNullable<Notification['onDemand']> | null {
  const { notifiesTwice = false, notifiesLateSeconds = 0 } = merchant.faults ?? {};
  if (!notifiesTwice && notifiesLateSeconds === 0) return null;
  const notBefore = new Date(realNowMs() + notifiesLateSeconds * 1000).toISOString();
  return { twice: notifiesTwice, notBefore };
}

const UNTOLD: OrderStatus[] = [
  'created',
  'pending_card',
  'pending_processor',
  'pending_authentication',
  'redirected_to_authentication',
  'authentication_required',
];

/**
 * A card's first payment marks its entry; every further one adds an entry, so that the list of a
 * customer's cards shows one per payment (contract C.6, `unique`).
 */
function stageCardUse(
  context: LedgerContext,
  { service }: Order,
  card: Card,
  transaction: Transaction,
): void {
  const paidAt = transaction.updatedAt;
  const used = {
    ...card,
    paidAt,
    paidWith: service.uuid,
    tokenizedWith: card.tokenizedWith ?? service.uuid,
    validatedAt: card.validatedAt ?? paidAt,
  };
  const entry =
    card.paidAt === null
      ? { ...used, version: card.version + 1 }
      : {
          ...used,
          uuid: derivedUuid(transaction.uuid, 0),
          createdAt: paidAt,
          version: 1,
          repeats: card.uuid,
        };
  context.work.stage({ change: 'card', card: entry });
}
