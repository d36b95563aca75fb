import { OutcomeUnknown } from '#ledger/core/errors.ts';
import type { AcquirerResult } from '#ledger/payments/acquirer.ts';

/** What a request remembers over all its tries: what a lost race must not make it do again. */
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

  /** The same for who only looks at what became of it: no acquirer is asked, and nothing done. */
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
