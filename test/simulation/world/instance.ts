import type { Runtime } from '#operation/runtime/runtime.ts';
import type { Actor } from './virtual-time.ts';

/** One instance of a Lambda function: has a clock and a memory of its own, may be frozen and die. */
export class Instance implements Actor {
  readonly name: string;
  readonly skewMs: number;
  readonly runtime: Runtime;
  /** Told of its death. */
  onDeath: () => void = () => {};
  #state: 'running' | 'frozen' | 'dead' = 'frozen';
  #parked: (() => void)[] = [];
  /** How often it may still go on before it dies; null for as long as it likes. */
  #stepsLeft: number | null = null;

  constructor(name: string, skewMs: number, runtimeOf: (instance: Instance) => Runtime) {
    this.name = name;
    this.skewMs = skewMs;
    this.runtime = runtimeOf(this);
  }

  get isDead(): boolean {
    return this.#state === 'dead';
  }

  /** Begins to work on an event; what it left unfinished the last time goes on too, as on AWS. */
  thaw(stepsLeft: number | null): void {
    this.#state = 'running';
    this.#stepsLeft = stepsLeft;
    const parked = this.#parked;
    this.#parked = [];
    for (const go of parked) this.take(go);
  }

  /** Has answered: nothing of it goes on until the next event. */
  freeze(): void {
    if (this.#state === 'running') this.#state = 'frozen';
  }

  die(): void {
    if (this.#state === 'dead') return;
    this.#state = 'dead';
    this.#parked = [];
    this.onDeath();
  }

  take(go: () => void): void {
    if (this.#state === 'dead') return;
    if (this.#state === 'frozen') {
      this.#parked.push(go);
      return;
    }
    if (this.#stepsLeft !== null) {
      this.#stepsLeft -= 1;
      if (this.#stepsLeft < 0) {
        this.die();
        return;
      }
    }
    go();
  }
}
