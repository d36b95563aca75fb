import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { locationId, parameter, text } from '#faces/highlevel/fields.ts';
import { isObjectId } from '#faces/highlevel/identity.ts';
import { given, isOtherMode, listQuery, pageOf } from '#faces/highlevel/list-query.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { listShape, transactionRowShape } from '#faces/highlevel/shapes.ts';
import { transactionRow } from '#faces/highlevel/transaction-views.ts';
import { uuidFromObjectId } from '#ledger/core/ids.ts';

/**
 * Contract 5.9, listTransactions: payments that came in or failed, newest first. Captures, releases
 * and refunds show in the payment that they are about (contract 2).
 */
const operation = highLevelOperation({
  name: 'list-transactions',
  summary: 'List payments',
  tag: 'Transactions',
  routes: ['GET /payments/transactions'],
  scopes: ['payments/transactions.readonly'],
  // A reader writes down what it has counted.
  grants: { ledger: 'write', key: true },
  query: z.object({
    altId: locationId,
    altType: text(64),
    ...listQuery,
    entitySourceType: parameter(text(64)),
    entitySourceSubType: parameter(text(64)),
    subscriptionId: parameter(text(64)),
    entityId: parameter(text(64)),
  }),
  response: listShape(transactionRowShape),
  errors: { 422: 'A filter is not valid' },
  handle: async ({ query, caller, context }) => {
    const { merchant } = context;
    const { entityId } = query;
    const isNoOrder = entityId !== undefined && !isObjectId(entityId);
    if (isOtherMode(query, merchant) || isNoOrder) return { data: [], totalCount: 0 };
    const filter = given({
      order: entityId === undefined ? undefined : uuidFromObjectId(entityId),
      contact: query.contactId,
      subscription: query.subscriptionId,
      channelType: query.entitySourceType,
      channelSubType: query.entitySourceSubType,
      text: query.search?.toLowerCase(),
    });
    const { entries, total } = await context.store.payments(merchant, pageOf(query), filter);
    const viewer = { location: locationOf(caller), merchant };
    return { data: entries.map((payment) => transactionRow(payment, viewer)), totalCount: total };
  },
});

export default operation;
export const { handler } = operation;
