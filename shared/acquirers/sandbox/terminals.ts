import type { AcquirerResult, Instruction } from '#ledger/payments/acquirer.ts';
import { asksPayer } from '#ledger/payments/asks-payer.ts';
import type { Tap } from '#ledger/payments/payment-conditions.ts';
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
 * What a simulated terminal says, once it has decided or somebody has at it (contract E.4). The
 * amounts and the taps speak of payments and refunds; confirmations and cancellations of a hold need
 * nobody's card and succeed.
 */
export function answerAtTerminal(instruction: Instruction, decidesAfterMs: number): AcquirerResult {
  const { kind, reference, amount, service, conditions, startedAt, nowMs } = instruction;
  const isDecided = nowMs >= Date.parse(startedAt) + decidesAfterMs;
  if (!isDecided && conditions.tap === undefined) return { result: 'unknown' };
  const tap = asksPayer(kind) ? (conditions.tap ?? tapFor(amount)) : 'accept';
  if (tap === 'remove') return { result: 'cancelled' };
  if (conditions.refused || tap === 'refuse') {
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

function tapFor(amount: number): Tap {
  if (amount === CANCELLED) return 'remove';
  return amount === REFUSED ? 'refuse' : 'accept';
}
