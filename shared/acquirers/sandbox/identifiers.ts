import { createHash } from 'node:crypto';
import isLuhnValid from 'card-validator/dist/luhn-10.js';
import type { Uuid } from '#ledger/core/ids.ts';

/** What an acquirer would number a movement with, derived from its reference. */
export interface Identifiers {
  /** 6 digits. */
  authorization: string;
  /** 32 upper-case hex digits. */
  processorId: string;
  /** 15 digits. */
  networkTransactionId: string;
}

/** The same identifiers for the same reference, always. */
export function identifiersOf(reference: Uuid): Identifiers {
  const hash = createHash('sha512').update(reference).digest('hex');
  return {
    authorization: digits(hash.slice(0, 32), 6),
    processorId: hash.slice(32, 64).toUpperCase(),
    networkTransactionId: notACardNumber(digits(hash.slice(64, 96), 15)),
  };
}

/** The last decimal digits of a number of 128 bits. */
function digits(hex: string, count: number): string {
  return BigInt(`0x${hex}`).toString().padStart(count, '0').slice(-count);
}

/** Whoever scans logs for card numbers takes 15 digits with a right check digit for one. */
function notACardNumber(text: string): string {
  if (!isLuhnValid(text)) return text;
  return text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10);
}
