import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Where code gets its time and its chance from while a run goes on. */
interface Sources {
  time: VirtualTime;
  random: Random;
}

let current: Sources | null = null;

/** From now on time and chance are those of a run. */
export function enter(time: VirtualTime, random: Random): void {
  current = { time, random };
}

export function leave(): void {
  current = null;
}

/**
 * Puts the clock, the timers and the random numbers of Node and of the language under the control
 * of a run, for all code of this process: ours, middy's and the SDK's. Code that is written
 * tomorrow cannot escape by forgetting to ask a port. Call it before anything else is imported.
 */
export function takeOver(): void {
  takeClock();
  takeTimers();
  takeChance();
  syncBuiltinESMExports();
}

function takeClock(): void {
  const RealDate = Date;
  const now = () => (current === null ? RealDate.now() : Math.floor(current.time.clockMs()));
  globalThis.Date = class extends RealDate {
    constructor(...values: unknown[]) {
      if (values.length === 0) super(now());
      else super(...(values as [number]));
    }
    static override now(): number {
      return now();
    }
  } as DateConstructor;
  const realNow = performance.now.bind(performance);
  performance.now = () => (current === null ? realNow() : current.time.nowMs);
}

function takeTimers(): void {
  const real = { setTimeout, clearTimeout, setInterval, clearInterval };
  const wait = timersPromises.setTimeout;
  const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
    current === null
      ? real.setTimeout(run, ms, ...args)
      : timer(current.time.after(ms, () => run(...args)));
  const clear = (handle: unknown) => {
    if (handle instanceof VirtualTimer) handle.cancel();
    else real.clearTimeout(handle as NodeJS.Timeout);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  globalThis.setInterval = ((run: () => void, ms: number) => {
    if (current === null) return real.setInterval(run, ms);
    throw new Error('Intervals do not exist in a simulation');
  }) as typeof setInterval;
  timersPromises.setTimeout = (async (ms = 0, value?: unknown, options?: object) => {
    if (current === null) return wait(ms, value, options);
    const { signal } = (options ?? {}) as { signal?: AbortSignal };
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const scheduled = current.time.after(ms, () => resolve(value));
    const abort = () => {
      scheduled.cancel();
      reject(new DOMException('The operation was aborted', 'AbortError'));
    };
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
    return promise;
  }) as typeof wait;
  const realTimeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => {
    if (current === null) return realTimeout(ms);
    const controller = new AbortController();
    current.time.after(ms, () => {
      const text = 'The operation was aborted due to timeout';
      controller.abort(new DOMException(text, 'TimeoutError'));
    });
    return controller.signal;
  };
}

function takeChance(): void {
  const realRandom = Math.random;
  Math.random = () => (current === null ? realRandom() : current.random.next());
  const { randomBytes, randomUUID, randomInt, randomFillSync } = crypto;
  const uuid = () => {
    const hex = current?.random.bytes(16).toString('hex') ?? '';
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  };
  const fill = <T extends NodeJS.ArrayBufferView>(target: T): T => {
    const bytes = Buffer.from(target.buffer, target.byteOffset, target.byteLength);
    current?.random.bytes(bytes.length).copy(bytes);
    return target;
  };
  const replaced = {
    randomBytes: (size: number) =>
      current === null ? randomBytes(size) : current.random.bytes(size),
    randomUUID: () => (current === null ? randomUUID() : uuid()),
    randomInt: (low: number, high: number) =>
      current === null ? randomInt(low, high) : current.random.int(low, high - 1),
    randomFillSync: (target: NodeJS.ArrayBufferView) =>
      current === null ? randomFillSync(target) : fill(target),
  };
  Object.assign(crypto, replaced);
  const realValues = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
  const realWebUuid = globalThis.crypto.randomUUID.bind(globalThis.crypto);
  Object.assign(globalThis.crypto, {
    getRandomValues: (target: NodeJS.ArrayBufferView) =>
      current === null ? realValues(target as Uint8Array<ArrayBuffer>) : fill(target),
    randomUUID: () => (current === null ? realWebUuid() : uuid()),
  });
}

class VirtualTimer {
  readonly #cancel: () => void;

  constructor(cancel: () => void) {
    this.#cancel = cancel;
  }

  cancel(): void {
    this.#cancel();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.toPrimitive](): number {
    return 0;
  }
}

function timer(scheduled: { cancel(): void }): VirtualTimer {
  return new VirtualTimer(() => scheduled.cancel());
}
