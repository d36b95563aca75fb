import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { objectIdFloor, objectIdFromUuid, uuidFromObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import {
  isNamed,
  isPayment,
  type Listed,
  type Page,
  type Payment,
  type PaymentFilter,
} from '#ledger/orders/order-lists.ts';
import type { PaymentFacets } from '#ledger/orders/order-store.ts';
import { DIRECT_CHANNEL } from '#ledger/purchases/purchase.ts';
import { isEmpty, type Row, spanOf } from '#store/lists/rows.ts';
import { channelName } from './channel-names.ts';
import { OrderReader } from './order-reader.ts';
import type { TransactionRow } from './order-rows.ts';
import { TransactionList } from './transaction-list.ts';
import { paymentParts } from './transaction-parts.ts';

/**
 * A page of a merchant's payments, newest first, each with its order as it is now. Without a
 * filter, or by channel, it costs the same at any offset. An order, a contact, a subscription and a
 * text are found by their indexes and their orders are read.
 */
export async function readPayments(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  page: Page,
  filter: PaymentFilter,
): Promise<Listed<Payment>> {
  const span = spanOf(page);
  if (isEmpty(span)) return { entries: [], total: 0 };
  const reader = new OrderReader(client, table, tenant);
  const orders = await narrowed(reader, filter);
  if (orders !== null) return paymentsIn(orders, page, filter);
  const list = new TransactionList(client, table, tenant);
  const isWanted = ({ payment }: TransactionRow) => payment !== null && isMatch(payment, filter);
  const { rows, total } = await list.of(paymentParts(filter), page, isWanted);
  return { entries: await entriesOf(reader, rows), total };
}

/** The orders that an order, a contact, a subscription or a text narrows the list to, or null. */
async function narrowed(reader: OrderReader, filter: PaymentFilter): Promise<Order[] | null> {
  const { order, contact, subscription, text } = filter;
  if (order !== undefined) return reader.ordersOf([order]);
  const always = spanOf({ fromMs: null, toMs: null });
  if (contact !== undefined) {
    return reader.orders(await reader.having('CONTACT', contact, always));
  }
  if (subscription !== undefined) {
    return reader.orders(await reader.having('SUBSCRIPTION', subscription, always));
  }
  return text === undefined ? null : reader.orders(await reader.named(text, always));
}

function paymentsIn(orders: readonly Order[], page: Page, filter: PaymentFilter): Listed<Payment> {
  const span = spanOf(page);
  const [low, high] = [objectIdFloor(span.fromMs), objectIdFloor(span.toMs)];
  const matches = orders
    .filter((order) => isOrderMatch(order, filter))
    .flatMap((order) => order.transactions.map((transaction) => ({ order, transaction })))
    .filter(({ transaction }) => isPayment(transaction) && transaction.status !== 'pending')
    .map((payment) => ({ payment, id: objectIdFromUuid(payment.transaction.uuid) ?? '' }))
    .filter(({ id }) => id >= low && id < high)
    .sort((one, other) => (one.id < other.id ? 1 : -1));
  const wanted = matches.slice(page.offset, page.offset + page.limit);
  return { entries: wanted.map((one) => one.payment), total: matches.length };
}

function isOrderMatch(order: Order, filter: PaymentFilter): boolean {
  const { contact, subscription, text } = filter;
  if (contact !== undefined && order.purchase?.contact?.id !== contact) return false;
  if (subscription !== undefined && order.purchase?.subscription !== subscription) return false;
  const { type, subType } = order.purchase?.channel ?? DIRECT_CHANNEL;
  if (text !== undefined && !isNamed(order, text)) return false;
  return isMatch({ channelType: type, channelSubType: subType }, filter);
}

function isMatch(row: PaymentFacets, filter: PaymentFilter): boolean {
  const { channelType = row.channelType, channelSubType = row.channelSubType } = filter;
  return row.channelType === channelType && row.channelSubType === channelSubType;
}

/** The payments of rows; an order with several of them is read once. */
async function entriesOf(
  reader: OrderReader,
  rows: readonly Row<TransactionRow>[],
): Promise<Payment[]> {
  const wanted = rows.map(({ id, value: { order, payment } }) => ({
    order: order.uuid,
    transaction: uuidFromObjectId(id),
    channel:
      payment === null
        ? ''
        : channelName({ type: payment.channelType, subType: payment.channelSubType }),
  }));
  const byOrder = Map.groupBy(wanted, (one) => one.order);
  const channels = Map.groupBy(wanted, (one) => one.channel);
  const byChannel = new Map(
    [...channels].map(([channel, own]) => [channel, [...new Set(own.map((one) => one.order))]]),
  );
  const isCurrent = ({ uuid, transactions }: Order) =>
    (byOrder.get(uuid) ?? []).every((one) =>
      transactions.some((transaction) => transaction.uuid === one.transaction),
    );
  const orders = await reader.neighbours(byChannel, isCurrent);
  const byUuid = new Map(orders.map((order) => [order.uuid, order]));
  return wanted.flatMap((one) => {
    const order = byUuid.get(one.order);
    const transaction = order?.transactions.find(({ uuid }) => uuid === one.transaction);
    return order === undefined || transaction === undefined ? [] : [{ order, transaction }];
  });
}
