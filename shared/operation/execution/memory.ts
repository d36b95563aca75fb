import { OutcomeUnknown } from '#ledger/core/errors.ts';
import type { AcquirerResult } from '#ledger/payments/acquirer.ts';

/**
 * What a request must not do again in its next try after a lost race: its acquirer's answers, and
 * acts outside of the ledger.
 */
export class Memory {
  readonly answers = new Map<string, AcquirerResult>();
  #isDone = false;

  /** Whether something has happened outside of the ledger that cannot be taken back. */
  get hasActed(): boolean {
    return this.#isDone || this.answers.size > 0;
  }

  async once(act: () => Promise<void>): Promise<void> {
    if (this.#isDone) return;
    await act();
    this.#isDone = true;
  }

  /** A view for reading the outcome only: no acquirer is asked, and nothing is done. */
  looking(): Pick<Memory, 'answers' | 'once'> {
    return {
      answers: new NoAnswers(),
      once: async () => {
        if (!this.#isDone) throw new OutcomeUnknown('There is no time to do it');
      },
    };
  }
}

class NoAnswers extends Map<string, AcquirerResult> {
  override get(): AcquirerResult {
    return { result: 'unknown' };
  }
}
