import * as z from 'zod/mini';
import { filterMinute, integer, optional, text } from '#faces/paylands/fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { plainTime } from '#faces/paylands/time.ts';
import { OPERATIVES, TRANSACTION_STATUSES } from '#faces/paylands/views.ts';
import type { TransactionEntry } from '#ledger/orders/order-store.ts';

const MINUTE_MS = 60_000;

/**
 * Contract C.4, listTransactions: newest first. `start` and `end` are minutes in Madrid, both
 * inclusive. This list alone is camelCase.
 */
const operation = paylandsOperation({
  name: 'listTransactions',
  summary: 'List transactions',
  tag: 'Orders',
  routes: ['GET /orders'],
  profiles: ['readonly', 'payment'],
  // A reader writes down what it has counted.
  grants: { ledger: 'write', key: true },
  query: z.object({
    start: optional(filterMinute),
    end: optional(filterMinute),
    terminal: optional(text(32)),
    limit: optional(integer(1, 10_000)),
    offset: optional(integer(0, 100_000_000)),
  }),
  response: answerShape({
    count: z.int(),
    transactions: z.array(z.looseObject({ transactionUUID: z.string(), orderUUID: z.string() })),
  }),
  errors: { 400: 'A filter is not valid' },
  handle: async ({ query, context }) => {
    const entries = await context.store.transactions(context.merchant, {
      fromMs: query.start ?? null,
      toMs: query.end === undefined ? null : query.end + MINUTE_MS,
      terminal: query.terminal ?? null,
      limit: query.limit ?? 10_000,
      offset: query.offset ?? 0,
    });
    const transactions = entries.map((entry) => rowOf(entry, context.merchant.merchant));
    return { answer: 'payload', payload: { count: transactions.length, transactions } };
  },
});

function rowOf({ transaction, order, card }: TransactionEntry, clientUUID: string) {
  return {
    transactionUUID: transaction.uuid,
    orderUUID: order.uuid,
    clientUUID,
    customerExtId: order.customer,
    sourceType: card?.brand ?? null,
    holder: card?.holder ?? null,
    country: card?.country ?? null,
    token: card?.fingerprint ?? null,
    pan: card === null ? null : `${card.bin}****${card.last4}`,
    bank: card?.bank ?? null,
    created: plainTime(transaction.createdAt),
    amount: transaction.amount,
    processorID: transaction.processorId,
    status: TRANSACTION_STATUSES[transaction.status],
    error: transaction.error ?? 'NONE',
    authorization: transaction.authorization,
    serviceUUID: order.service.uuid,
    type: OPERATIVES[transaction.kind],
    ip: transaction.ip,
    additional: order.additional,
    terminal: order.service.terminal,
    sourceAdditional: card?.additional ?? null,
    sourcePrepaid: card?.prepaid ?? null,
    currency: order.currency.number,
  };
}

export default operation;
export const { handler } = operation;
