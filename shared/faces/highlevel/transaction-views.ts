import type { Payment } from '#ledger/orders/order-lists.ts';
import { idOf } from './identity.ts';
import { toMajor } from './money.ts';
import { channelOf, contactFields, contactSnapshot, sourceView } from './purchase-views.ts';
import { amountOf, amountRefundedOf, transactionStatusOf } from './statuses.ts';
import type { Viewer } from './viewer.ts';
import { altView } from './views.ts';

/** `TxnResponseSchema`: a row of the list. */
export function transactionRow(payment: Payment, viewer: Viewer): Record<string, unknown> {
  const { order, transaction } = payment;
  const { type, subType, id, name, details } = channelOf(order);
  return {
    ...commonFields(payment, viewer),
    ...contactFields(order, viewer),
    entitySourceType: type,
    ...(subType === null ? {} : { entitySourceSubType: subType }),
    entitySourceId: id,
    ...(name === null ? {} : { entitySourceName: name }),
    ...(details === null ? {} : { entitySourceMeta: details }),
    paymentProviderType: providerOf(payment),
    paymentMethod: methodView(payment),
    fulfilledAt: transaction.updatedAt,
  };
}

/** `GetTxnResponseSchema`. */
export function transactionView(payment: Payment, viewer: Viewer, traceId: string) {
  return {
    ...commonFields(payment, viewer),
    ...contactSnapshot(payment.order, viewer),
    entitySource: sourceView(payment.order),
    paymentProvider: { type: providerOf(payment) },
    paymentMethod: methodView(payment),
    markAsTest: viewer.merchant.environment === 'sandbox',
    isParent: false,
    meta: { paylandsOrderUuid: payment.order.uuid, ...payment.transaction.manual?.details },
    traceId,
  };
}

/** The charge is named by the ledger's UUID, which is its identity on the other face. */
function commonFields({ order, transaction }: Payment, viewer: Viewer) {
  const { digits, code } = order.currency;
  return {
    _id: idOf(transaction.uuid),
    ...altView(viewer),
    currency: code,
    currencyOptions: currencyOptions(code),
    amount: toMajor(amountOf(order, transaction), digits),
    amountRefunded: toMajor(amountRefundedOf(order, transaction), digits),
    status: transactionStatusOf(order, transaction),
    entityType: 'order',
    entityId: idOf(order.uuid),
    ...(order.purchase?.subscription ? { subscriptionId: order.purchase.subscription } : {}),
    chargeId: transaction.uuid,
    chargeSnapshot: snapshotView(transaction),
    ...(transaction.ip === null ? {} : { ipAddress: transaction.ip }),
    createdAt: transaction.createdAt,
    updatedAt: transaction.updatedAt,
  };
}

function snapshotView({ uuid, kind, status, ...rest }: Payment['transaction']) {
  const { authorization, processorId, error, errorDescription, manual } = rest;
  if (manual !== undefined) {
    const { mode, cheque, notes } = manual;
    return { mode, cheque: { number: cheque ?? '' }, notes: notes ?? '' };
  }
  return {
    id: uuid,
    kind,
    status,
    ...(authorization === '' ? {} : { authorization }),
    ...(processorId === null ? {} : { processorId }),
    ...(error === null ? {} : { error, errorDescription }),
  };
}

function providerOf({ order, transaction }: Payment): string {
  return transaction.kind === 'manual' ? 'manual' : order.service.type.toLowerCase();
}

/** The card of a charge or of an offline payment, and nothing else: a client forbids other keys. */
function methodView({ order, transaction }: Payment): Record<string, unknown> {
  if (transaction.manual?.card) return { card: transaction.manual.card };
  const card = transaction.card === null ? undefined : order.cards[transaction.card];
  return card === undefined ? {} : { card: { brand: card.brand.toLowerCase(), last4: card.last4 } };
}

/** A currency with its own sign: `{ code: 'EUR', symbol: '€' }`. */
function currencyOptions(code: string) {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
  });
  const sign = format.formatToParts(0).find((part) => part.type === 'currency');
  return { code, symbol: sign?.value ?? code };
}
