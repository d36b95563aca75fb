import type { EvaluationName } from './evaluation.ts';

/** The verdict of lists and rules on a payment, as its transaction keeps it (contract C.1.2). */
export interface Antifraud {
  evaluation: EvaluationName;
  score: number;
  /** The scores from which a payment must be authenticated, or is refused. */
  riskScore: number;
  fraudScore: number;
  reasons: string[];
  /** The velocity counters that count it on a day, unless it is refused. */
  counted: { counter: string; day: string; expiresAt: number }[];
}
