import { isoNow, type LedgerContext } from './context.ts';
import type { Order } from './order.ts';
import { stageOrder, stageOutcome } from './outcome.ts';
import { settle } from './settlement.ts';

/**
 * Refuses a payment that no acquirer is asked for: intent and outcome are one write. The order's
 * reference is given free if an earlier transaction claimed it.
 */
export function refuse(
  context: LedgerContext,
  begun: Order,
  refusal: { code: string; description: string },
): Order {
  const transaction = begun.transactions.at(-1);
  if (transaction === undefined) throw new Error('A refusal without a transaction');
  const answer = { result: 'refused' as const, ...refusal, processorId: null };
  const refused = settle(begun, transaction.uuid, answer, isoNow(context));
  const written = stageOrder(context, refused);
  const wasClaimed = begun.transactions.length > 1;
  stageOutcome(context, written, transaction.uuid, null, wasClaimed);
  return written;
}
