import type { AcquirerResult, Instruction } from '#ledger/payments/acquirer.ts';
import { codesOf } from './codes.ts';
import { identifiersOf } from './identifiers.ts';

/** Minor units: with these a simulated terminal cancels and refuses (contract E.4). */
const CANCELLED = 100;
const REFUSED = 200;

/** The card that is always held against a simulated terminal (contract C.1.2). */
const PRESENTED = {
  brand: 'MASTERCARD',
  maskedPan: '554001******0000',
  verification: 'NO',
  entryMode: 'CLESS',
};

/**
 * What a simulated terminal says, once it has decided (contract E.4). The amounts speak of payments
 * and refunds; confirmations and cancellations of a hold need nobody's card and succeed.
 */
export function answerAtTerminal(instruction: Instruction, decidesAfterMs: number): AcquirerResult {
  const { kind, reference, amount, service, conditions, startedAt, nowMs } = instruction;
  if (nowMs < Date.parse(startedAt) + decidesAfterMs) return { result: 'unknown' };
  const asksPayer = kind === 'sale' || kind === 'hold' || kind === 'refund';
  if (asksPayer && amount === CANCELLED) return { result: 'cancelled' };
  if (conditions.refused || (asksPayer && amount === REFUSED)) {
    const { refused } = codesOf(service.type);
    return { result: 'refused', ...refused, processorId: null, presented: PRESENTED };
  }
  const { authorization } = identifiersOf(reference);
  return {
    result: 'approved',
    amount,
    authorization,
    processorId: null,
    networkTransactionId: null,
    presented: PRESENTED,
  };
}
