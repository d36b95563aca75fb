import type { EvaluationName } from './evaluation.ts';

/** What lists and rules said of a payment, as its transaction keeps it (contract C.1.2). */
export interface Antifraud {
  evaluation: EvaluationName;
  score: number;
  /** From which score on a payment is to be authenticated, or refused. */
  riskScore: number;
  fraudScore: number;
  reasons: string[];
  /** The counters that it is counted by, on a day, unless it is refused. */
  counted: { counter: string; day: string; expiresAt: number }[];
}
