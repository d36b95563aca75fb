import * as z from 'zod/mini';
import { uuidFromObjectId } from '../../../shared/ledger/ids.ts';
import { locationOf } from '../../../shared/operation/highlevel/access.ts';
import { locationId, parameter, text } from '../../../shared/operation/highlevel/fields.ts';
import { isObjectId } from '../../../shared/operation/highlevel/identity.ts';
import {
  given,
  isOtherMode,
  listQuery,
  pageOf,
} from '../../../shared/operation/highlevel/list-query.ts';
import { highLevelOperation } from '../../../shared/operation/highlevel/operation.ts';
import { listShape, transactionRowShape } from '../../../shared/operation/highlevel/shapes.ts';
import { transactionRow } from '../../../shared/operation/highlevel/transaction-views.ts';

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
  grants: { ledger: 'read', key: true },
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
