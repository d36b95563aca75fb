import * as z from 'zod/mini';
import { fitting } from '#faces/paylands/answer-size.ts';
import { integer, optional, text } from '#faces/paylands/fields.ts';
import { filterMinute } from '#faces/paylands/filter-fields.ts';
import { paylandsOperation } from '#faces/paylands/operation.ts';
import { answerShape } from '#faces/paylands/shapes.ts';
import { plainTime } from '#faces/paylands/time.ts';
import { OPERATIVES, TRANSACTION_STATUSES } from '#faces/paylands/views.ts';
import { listTransactions } from '#ledger/orders/list-transactions.ts';
import type { TransactionEntry } from '#ledger/orders/order-store.ts';

const MINUTE_MS = 60_000;

const MAX_ROWS = 10_000;

const filters = z.object({
  start: optional(filterMinute),
  end: optional(filterMinute),
  terminal: optional(text(32)),
  limit: optional(integer(1, MAX_ROWS)),
  offset: optional(integer(0, 100_000_000)),
});

/**
 * Contract C.4, listTransactions: newest first. `start` and `end` are minutes in Madrid, both
 * inclusive, at most three months apart. This list alone is camelCase.
 */
const operation = paylandsOperation({
  name: 'listTransactions',
  summary: 'List transactions',
  tag: 'Orders',
  routes: ['GET /orders'],
  profiles: ['readonly', 'payment'],
  // A reader writes down what it has counted.
  grants: {
    ledger: ['read', 'get', 'query', 'query lists', 'query journal', 'query due', 'put', 'delete'],
  },
  query: filters.check(({ value, issues }) => {
    const { start, end } = value;
    if (start === undefined || end === undefined || end <= threeMonthsAfter(start)) return;
    const message = 'must be at most three months after start';
    issues.push({ code: 'custom', input: value, path: ['end'], message });
  }),
  response: answerShape({
    count: z.int(),
    next_offset: z.optional(z.int()),
    transactions: z.array(z.looseObject({ transactionUUID: z.string(), orderUUID: z.string() })),
  }),
  errors: ['list_being_counted'],
  handle: async ({ query, context }) => {
    const { offset = 0, limit = MAX_ROWS } = query;
    const entries = await listTransactions(context, {
      fromMs: query.start ?? null,
      toMs: query.end === undefined ? null : query.end + MINUTE_MS,
      terminal: query.terminal ?? null,
      // One more than is answered tells whether there is more.
      limit: limit + 1,
      offset,
    });
    const rows = entries.slice(0, limit).map((entry) => rowOf(entry, context.merchant.merchant));
    const transactions = rows.slice(0, fitting(rows));
    const count = transactions.length;
    const more = count < entries.length ? { next_offset: offset + count } : {};
    return { answer: 'payload', payload: { count, ...more, transactions } };
  },
});

function threeMonthsAfter(timeMs: number): number {
  const time = new Date(timeMs);
  return time.setUTCMonth(time.getUTCMonth() + 3);
}

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
    updated_at: plainTime(transaction.updatedAt),
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
