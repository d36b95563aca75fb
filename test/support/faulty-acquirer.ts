import type { Tenant } from '#ledger/core/merchant.ts';
import type {
  Acquirer,
  AcquirerResult,
  AuthenticationPlan,
  CardDescription,
  Instruction,
  Wallet,
  WalletCard,
} from '#ledger/payments/acquirer.ts';
import type { SecurityCode } from '#ledger/payments/payment-conditions.ts';
import { approved, CARD, REFUSED } from './orders.ts';

/**
 * What goes wrong with one call: nothing; the money moves but the answer is lost; the process dies
 * before or after the money moved; nobody can say what happened; the money moves and no answer
 * ever comes.
 */
export type Fault =
  | 'none'
  | 'refuse'
  | 'ask_payer'
  | 'answer_lost'
  | 'crash_before'
  | 'crash_after'
  | 'not_sent'
  | 'hangs';

const ASKS_PAYER = {
  result: 'authentication_required',
  code: '0195',
  description: 'Authenticate',
} as const;

export class Crash extends Error {}

/** An acquirer with a memory of its own, which fails as it is told. */
export class FaultyAcquirer implements Acquirer {
  /** How often money moved, by reference. */
  readonly effects = new Map<
    string,
    { instruction: Instruction; answer: AcquirerResult; times: number }
  >();
  /** What happens to the next calls, first to last; after that all goes well. */
  faults: Fault[] = [];
  /** Whether `find` can be asked at all. */
  isReachable = true;
  /** References of which `find` cannot say anything. */
  readonly unknown = new Set<string>();
  /** References whose payers are to authenticate: whoever asks at the same time is told the same. */
  readonly #asked = new Set<string>();

  async perform(instruction: Instruction): Promise<AcquirerResult> {
    const fault = this.faults.shift() ?? 'none';
    if (fault === 'crash_before') throw new Crash();
    if (fault === 'not_sent') return { result: 'unknown' };
    if (fault === 'ask_payer') this.#asked.add(instruction.reference);
    if (this.#asked.has(instruction.reference)) return ASKS_PAYER;
    const answer = this.#moveOnce(instruction, fault === 'refuse');
    if (fault === 'crash_after') throw new Crash();
    if (fault === 'hangs') return new Promise(() => {});
    return fault === 'answer_lost' ? { result: 'unknown' } : answer;
  }

  async find(instruction: Instruction): Promise<AcquirerResult | { result: 'never_received' }> {
    const isUnknown = !this.isReachable || this.unknown.has(instruction.reference);
    if (isUnknown) return { result: 'unknown' };
    return this.effects.get(instruction.reference)?.answer ?? { result: 'never_received' };
  }

  async validate(): Promise<AcquirerResult> {
    return approved(0);
  }

  /** By default the payer is challenged and passes. */
  plan: AuthenticationPlan = {
    version: '2.2',
    flow: 'CHALLENGE',
    eci: '05',
    passes: true,
    refusal: { code: '0184', description: 'Not authenticated' },
  };

  async authentication(): Promise<AuthenticationPlan> {
    return this.plan;
  }

  securityCodeOf(): SecurityCode {
    return 'unchecked';
  }

  openWallet(_tenant: Tenant, _wallet: Wallet, payload: unknown): WalletCard | null {
    if (payload === null) return null;
    return { ...this.describe(), holder: 'Jane Doe', expiryMonth: '12', expiryYear: '34' };
  }

  describe(): CardDescription {
    const { fingerprint, brand, type, country, bank, prepaid, bin, last4 } = CARD;
    return { fingerprint, brand, type, country, bank, prepaid, bin, last4 };
  }

  /** How many references moved money for an order's kind of transaction, refusals left out. */
  moved(kind: Instruction['kind']): number {
    return [...this.effects.values()].filter(
      (one) => one.instruction.kind === kind && one.answer.result === 'approved',
    ).length;
  }

  #moveOnce(instruction: Instruction, refuse: boolean): AcquirerResult {
    const known = this.effects.get(instruction.reference);
    const answer = known?.answer ?? (refuse ? REFUSED : approved(instruction.amount));
    const times = (known?.times ?? 0) + 1;
    this.effects.set(instruction.reference, { instruction, answer, times });
    return answer;
  }
}
