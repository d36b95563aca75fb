import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import type { Order } from '#ledger/orders/order.ts';
import { applyResult } from './apply-result.ts';
import { stageOrder, stageOutcome } from './stage-outcome.ts';

/**
 * Refuses a payment without asking the acquirer: intent and outcome are one write. The order's
 * reference is released if an earlier transaction claimed it.
 */
export function decline(
  context: LedgerContext,
  begun: Order,
  refusal: { code: string; description: string },
): Order {
  const transaction = begun.transactions.at(-1);
  if (transaction === undefined) throw new Error('A refusal without a transaction');
  const answer = { result: 'refused' as const, ...refusal, processorId: null };
  const refused = applyResult(begun, transaction.uuid, answer, isoNow(context));
  const written = stageOrder(context, refused);
  const wasClaimed = begun.transactions.length > 1;
  stageOutcome(context, written, transaction.uuid, null, wasClaimed);
  return written;
}
