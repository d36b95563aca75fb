import * as z from 'zod/mini';
import { findTransaction } from '../../../shared/ledger/sales.ts';
import { locationOf } from '../../../shared/operation/highlevel/access.ts';
import { locationId, parameter, text } from '../../../shared/operation/highlevel/fields.ts';
import { transactionUuid } from '../../../shared/operation/highlevel/identity.ts';
import { highLevelOperation } from '../../../shared/operation/highlevel/operation.ts';
import { transactionShape } from '../../../shared/operation/highlevel/shapes.ts';
import { transactionView } from '../../../shared/operation/highlevel/transaction-views.ts';

/** Contract 5.10, getTransactionById; refunds, captures and releases can be read by id too. */
const operation = highLevelOperation({
  name: 'get-transaction-by-id',
  summary: 'Read a transaction',
  tag: 'Transactions',
  routes: ['GET /payments/transactions/{transactionId}'],
  scopes: ['payments/transactions.readonly'],
  grants: { ledger: 'read', key: true },
  path: z.object({ transactionId: text(64) }),
  query: z.object({ altId: locationId, altType: text(64), locationId: parameter(text(64)) }),
  response: transactionShape,
  errors: { 400: 'The transaction is unknown', 422: 'A parameter is missing or not valid' },
  handle: async ({ path, caller, context, traceId }) => {
    const payment = await findTransaction(context, transactionUuid(path.transactionId));
    const viewer = { location: locationOf(caller), merchant: context.merchant };
    return transactionView(payment, viewer, traceId);
  },
});

export default operation;
export const { handler } = operation;
