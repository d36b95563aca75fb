import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxAcquirer } from '#acquirers/sandbox/sandbox-acquirer.ts';
import type { Vault } from '#crypto/vault.ts';
import type { Acquirer, AcquirerResult, Instruction } from '#ledger/payments/acquirer.ts';
import type { Instance } from './instance.ts';
import { carry } from './network.ts';
import { DEVICE_SECONDS, type World } from './world.ts';

/** So long some ways to an acquirer wait for its answer; others never give up by themselves. */
const TIMEOUT_MS = 8000;

/** One movement as the acquirer has it in its own book. */
export interface BookEntry {
  instruction: Instruction;
  answer: Exclude<AcquirerResult, { result: 'unknown' }>;
  atMs: number;
  /** How often it was asked for. */
  times: number;
}

const REFUSED: AcquirerResult & { result: 'refused' } = {
  result: 'refused',
  code: '0190',
  description: 'Refused',
  processorId: null,
};

type Found = AcquirerResult | { result: 'never_received' };

/**
 * The acquirer of a run, with a book of its own. It keeps its word: a reference moves money once,
 * and whoever asks again is told the same. The way to it is what cannot be relied on.
 */
export class Bank {
  readonly book = new Map<string, BookEntry>();
  readonly #world: World;
  /** What terminals were sent and have not decided yet. */
  readonly #sent = new Set<string>();
  /** When the payer of a payment by telephone has made up his mind. */
  readonly #decidedAtMs = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The acquirer as an instance reaches it. */
  reachedBy(instance: Instance, vault: Vault): Acquirer {
    const rules = sandboxAcquirer({
      digest: (purpose, value) => vault.digest(purpose, value),
      unknownCard: 'approve',
      latencyMs: 0,
      deviceMs: DEVICE_SECONDS * 1000,
    });
    const ask = async (how: 'perform' | 'find', instruction: Instruction): Promise<Found> => {
      const decided = await rules.perform(instruction);
      return this.#call(instance, how, instruction, decided);
    };
    return {
      ...rules,
      perform: async (instruction) => {
        const answer = await ask('perform', instruction);
        return answer.result === 'never_received' ? { result: 'unknown' } : answer;
      },
      find: (instruction) => ask('find', instruction),
      async validate(check) {
        await sleep(5);
        return rules.validate(check);
      },
    };
  }

  #call(
    instance: Instance,
    how: 'perform' | 'find',
    instruction: Instruction,
    decided: AcquirerResult,
  ): Promise<Found> {
    const { time } = this.#world;
    const { promise, resolve } = Promise.withResolvers<Found>();
    const givesUp = this.#world.latency.chance(0.5);
    const giveUp = time.after(TIMEOUT_MS, () => {
      if (givesUp) resolve({ result: 'unknown' });
    });
    instance.take(() => {
      const receive = () =>
        how === 'find' && !this.#isAtTerminal(instruction)
          ? this.#find(instruction)
          : this.#perform(instruction, decided);
      void carry(this.#world, 'acquirer', instance.name, receive).then((carried) =>
        instance.take(() => {
          if (carried.answer === null && carried.after === 'timeout') return;
          giveUp.cancel();
          resolve(carried.answer ?? { result: 'unknown' });
        }),
      );
    });
    return promise;
  }

  #perform(instruction: Instruction, decided: AcquirerResult): AcquirerResult {
    const known = this.book.get(instruction.reference);
    if (known !== undefined) {
      known.times += 1;
      if (known.instruction.amount !== instruction.amount) {
        this.#world.fail(`${instruction.reference} was sent with two amounts`);
      }
      return known.answer;
    }
    if (this.#isUndecided(instruction)) return { result: 'unknown' };
    // A terminal that has not decided yet.
    if (decided.result === 'unknown') {
      this.#sent.add(instruction.reference);
      return decided;
    }
    const isRefused = instruction.device === null && this.#refusesByChance();
    const answer = isRefused ? REFUSED : decided;
    this.#sent.delete(instruction.reference);
    this.book.set(instruction.reference, {
      instruction,
      answer,
      atMs: this.#world.time.nowMs,
      times: 1,
    });
    const { kind, amount, reference } = instruction;
    this.#world.history.add('bank', `${kind} ${amount} ${reference}: ${answer.result}`);
    return answer;
  }

  #find(instruction: Instruction): Found {
    return this.book.get(instruction.reference)?.answer ?? { result: 'never_received' };
  }

  /** What a terminal was sent once, it decides by itself: who asks what became of it learns that. */
  #isAtTerminal({ device, reference }: Instruction): boolean {
    return device !== null && (this.#sent.has(reference) || this.book.has(reference));
  }

  /** A payer takes up to a minute to accept a payment on the telephone. */
  #isUndecided({ reference, conditions }: Instruction): boolean {
    if (conditions.account === null) return false;
    const { nowMs } = this.#world.time;
    const known = this.#decidedAtMs.get(reference);
    if (known !== undefined) return nowMs < known;
    this.#decidedAtMs.set(reference, nowMs + this.#world.latency.between(0, 60_000));
    return true;
  }

  #refusesByChance(): boolean {
    return this.#world.latency.chance(0.08);
  }
}
