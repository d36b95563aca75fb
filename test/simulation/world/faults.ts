import type { Random } from './random.ts';

/** What goes wrong with calls of DynamoDB. */
export const ENGINE_FAULTS = [
  'throttled',
  'conflict',
  'error_before',
  'error_after',
  'cut_before',
  'cut_during',
  'cut_after',
  'hangs_before',
  'hangs_after',
  'slow',
  'arrives_late',
] as const;

/** What goes wrong on the way to an acquirer and back, to a queue, a receiver or a client. */
export const NETWORK_FAULTS = ['lost', 'answer_lost', 'late', 'twice', 'hangs', 'error'] as const;

/** What goes wrong with the world at large. */
export const WORLD_FAULTS = [
  'death',
  'skew',
  'index_lag',
  'message_late',
  'message_twice',
] as const;

export type EngineFault = (typeof ENGINE_FAULTS)[number];
export type NetworkFault = (typeof NETWORK_FAULTS)[number];
export type WorldFault = (typeof WORLD_FAULTS)[number];

const PLACES = ['acquirer', 'queue', 'receiver', 'client', 'mail', 'sms'] as const;

export type Place = (typeof PLACES)[number];

/** Some kinds of faults never happen in a run, so that those that do are not drowned by others. */
const OFF = 0.4;
const LEAST = 0.002;
const MOST = 0.12;

/**
 * How often each kind of fault happens in a run: drawn once, so that runs differ in what goes
 * wrong and not only in when (swarm testing, Groce et al. 2012).
 */
export class Faults {
  readonly #rates = new Map<string, number>();
  readonly #random: Random;
  #isOn = false;

  constructor(random: Random) {
    this.#random = random;
    const kinds = [
      ...ENGINE_FAULTS,
      ...PLACES.flatMap((place) => NETWORK_FAULTS.map((fault) => `${place} ${fault}`)),
      ...WORLD_FAULTS,
    ];
    for (const kind of kinds) {
      const isOff = random.chance(OFF);
      const rate = LEAST * (MOST / LEAST) ** random.next();
      this.#rates.set(kind, isOff ? 0 : rate);
    }
  }

  /** Before that nothing goes wrong. */
  begin(): void {
    this.#isOn = true;
  }

  /** From now on nothing goes wrong any more. */
  end(): void {
    this.#isOn = false;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  happens(fault: WorldFault): boolean {
    return this.#draw(fault);
  }

  /** Whether a kind of fault is about in this run. */
  has(fault: WorldFault): boolean {
    return this.#isOn && (this.#rates.get(fault) ?? 0) > 0;
  }

  /** The one thing that goes wrong with a call of DynamoDB, or null. */
  ofEngine(): EngineFault | null {
    return this.#first(ENGINE_FAULTS, (fault) => fault);
  }

  ofNetwork(place: Place): NetworkFault | null {
    return this.#first(NETWORK_FAULTS, (fault) => `${place} ${fault}`);
  }

  text(): string {
    return [...this.#rates]
      .filter(([, rate]) => rate > 0)
      .map(([kind, rate]) => `${kind} ${(100 * rate).toFixed(1)}%`)
      .join(', ');
  }

  #first<F extends string>(faults: readonly F[], nameOf: (fault: F) => string): F | null {
    if (!this.#isOn) return null;
    let left = this.#random.next();
    for (const fault of faults) {
      left -= this.#rates.get(nameOf(fault)) ?? 0;
      if (left < 0) return fault;
    }
    return null;
  }

  #draw(kind: string): boolean {
    return this.#isOn && this.#random.chance(this.#rates.get(kind) ?? 0);
  }
}
