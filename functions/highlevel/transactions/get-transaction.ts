import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { parameter, text } from '#faces/highlevel/field-kinds.ts';
import { locationId } from '#faces/highlevel/fields.ts';
import { transactionUuid } from '#faces/highlevel/identity.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { transactionShape } from '#faces/highlevel/shapes.ts';
import { transactionView } from '#faces/highlevel/transaction-views.ts';
import { viewerOf } from '#faces/highlevel/viewer.ts';
import { findTransaction } from '#ledger/purchases/purchase-commands.ts';

/** Contract 5.10, getTransactionById; refunds, captures and releases can be read by id too. */
const operation = highLevelOperation({
  name: 'get-transaction-by-id',
  summary: 'Read a transaction',
  tag: 'Transactions',
  routes: ['GET /payments/transactions/{transactionId}'],
  scopes: ['payments/transactions.readonly'],
  grants: { ledger: ['read', 'get'] },
  path: z.object({ transactionId: text(64) }),
  query: z.object({ altId: locationId, altType: text(64), locationId: parameter(text(64)) }),
  response: transactionShape,
  errors: ['transaction_not_found'],
  handle: async ({ path, caller, context, traceId }) => {
    const payment = await findTransaction(context, transactionUuid(path.transactionId));
    const viewer = await viewerOf(locationOf(caller), context, [payment.order]);
    return transactionView(payment, viewer, traceId);
  },
});

export default operation;
export const { handler } = operation;
