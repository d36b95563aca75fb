import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { filterId, parameter, text } from '#faces/highlevel/field-kinds.ts';
import { locationId } from '#faces/highlevel/fields.ts';
import { isObjectId, transactionUuid } from '#faces/highlevel/identity.ts';
import {
  given,
  isOtherMode,
  listQuery,
  matchesNothing,
  pageOf,
} from '#faces/highlevel/list-query.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { listShape, transactionRowShape } from '#faces/highlevel/shapes.ts';
import { transactionRow } from '#faces/highlevel/transaction-views.ts';
import { viewerOf } from '#faces/highlevel/viewer.ts';
import type { LedgerContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { uuidFromObjectId } from '#ledger/core/ids.ts';
import { isPayment, type Payment } from '#ledger/orders/order-lists.ts';
import { findTransaction } from '#ledger/purchases/purchase-commands.ts';

/**
 * Contract 5.9, listTransactions: payments that came in or failed, newest first. Captures, releases
 * and refunds show in the payment that they are about (contract 2). `id`, which clients send, is
 * that payment or nothing.
 */
const operation = highLevelOperation({
  name: 'list-transactions',
  summary: 'List payments',
  tag: 'Transactions',
  routes: ['GET /payments/transactions'],
  scopes: ['payments/transactions.readonly'],
  // A reader writes down what it has counted.
  grants: {
    ledger: ['read', 'get', 'query', 'query lists', 'query journal', 'put', 'delete'],
  },
  query: z.object({
    altId: locationId,
    altType: text(64),
    ...listQuery,
    entitySourceType: parameter(text(64)),
    entitySourceSubType: parameter(text(64)),
    subscriptionId: filterId(64),
    entityId: filterId(64),
    id: filterId(64),
  }),
  response: listShape(transactionRowShape),
  errors: ['list_being_counted'],
  handle: async ({ query, caller, context }) => {
    const { merchant } = context;
    const { entityId, id, contactId, subscriptionId } = query;
    const isNoOrder = entityId !== undefined && !isObjectId(entityId);
    const isNothing = matchesNothing(id, contactId, subscriptionId);
    if (isOtherMode(query, merchant) || isNoOrder || isNothing) return { data: [], totalCount: 0 };
    const rowsOf = async (payments: readonly Payment[]) => {
      const orders = payments.map(({ order }) => order);
      const viewer = await viewerOf(locationOf(caller), context, orders);
      return payments.map((payment) => transactionRow(payment, viewer));
    };
    if (id !== undefined) {
      const found = await paymentOf(context, id);
      return { data: await rowsOf(found), totalCount: found.length };
    }
    const filter = given({
      order: entityId === undefined ? undefined : uuidFromObjectId(entityId),
      contact: contactId,
      subscription: subscriptionId,
      channelType: query.entitySourceType,
      channelSubType: query.entitySourceSubType,
      text: query.search?.toLowerCase(),
    });
    const { entries, total } = await context.store.payments(
      merchant,
      pageOf(query, context),
      filter,
    );
    return { data: await rowsOf(entries), totalCount: total };
  },
});

/** The payment with an id, or nothing: a refund has one too, and is none. */
async function paymentOf(context: LedgerContext, id: string): Promise<Payment[]> {
  if (!isObjectId(id)) return [];
  const found = await findTransaction(context, transactionUuid(id)).catch((error) => {
    if (error instanceof LedgerError) return null;
    throw error;
  });
  return found !== null && isPayment(found.transaction) ? [found] : [];
}

export default operation;
export const { handler } = operation;
