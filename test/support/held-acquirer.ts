import type { Acquirer } from '#ledger/payments/acquirer.ts';

/** What the next movement waits for before it is answered. */
let held: Promise<void> | null = null;

/** Holds the answer to the next movement back; the result lets it go. */
export function holdNext(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  held = promise;
  return resolve;
}

/** An acquirer whose answers can be held back, in place of one that takes some guessed time. */
export function holding(acquirer: Acquirer): Acquirer {
  return {
    ...acquirer,
    async perform(instruction) {
      const wait = held;
      held = null;
      const answer = await acquirer.perform(instruction);
      await wait;
      return answer;
    },
  };
}
