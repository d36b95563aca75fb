import type { CatalogEntry } from '#infra/local/functions.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { Instance } from './instance.ts';
import type { Tools, World } from './world.ts';

/** What came of an invocation: what the handler returned, or what went wrong with it. */
export type Outcome = { result: unknown } | { failed: 'error' | 'death' | 'timeout' };

/** A dying instance goes on at most so often before it does. */
const MAX_STEPS = 40;

const MAX_SKEW_MS = 5000;

/** The instances of all functions: each works on one event at a time, as on AWS. */
export class Lambdas {
  readonly #world: World;
  readonly #runtimeOf: (instance: Instance) => Runtime;
  readonly #idle = new Map<string, Instance[]>();
  #instances = 0;
  #requests = 0;

  constructor(world: World, runtimeOf: (instance: Instance) => Runtime) {
    this.#world = world;
    this.#runtimeOf = runtimeOf;
  }

  invoke(entry: CatalogEntry, event: object): Promise<Outcome> {
    const { time } = this.#world;
    const instance = this.#instanceOf(entry.declaration.name);
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const { timeoutSeconds } = entry.declaration;
    const endMs = time.nowMs + timeoutSeconds * 1000;
    const over = (outcome: Outcome) => {
      timeout.cancel();
      instance.onDeath = () => {};
      instance.freeze();
      if (!instance.isDead) this.#idle.get(entry.declaration.name)?.push(instance);
      if (!('result' in outcome)) this.#world.history.add(instance.name, outcome.failed);
      resolve(outcome);
    };
    instance.onDeath = () => over({ failed: 'death' });
    const timeout = time.always(timeoutSeconds * 1000, () => {
      instance.onDeath = () => {};
      instance.die();
      over({ failed: 'timeout' });
    });
    this.#requests += 1;
    const context = {
      awsRequestId: `request-${this.#requests}`,
      getRemainingTimeInMillis: () => Math.max(0, endMs - time.nowMs),
    };
    instance.thaw(this.#stepsToLive());
    time.actors.run(instance, () => {
      entry.handler(structuredClone(event) as never, context).then(
        (result) => {
          if (!instance.isDead) over({ result });
        },
        (error: Error) => {
          this.#world.history.add(instance.name, `threw ${error.name}: ${error.message}`);
          if (!instance.isDead) over({ failed: 'error' });
        },
      );
    });
    return promise;
  }

  /** Runs something outside of any function, such as a command of an operator, which may die too. */
  runCommand(
    name: string,
    run: (tools: Tools) => Promise<void>,
  ): Promise<'done' | 'failed' | 'killed'> {
    const instance = this.newInstance(name);
    const { promise, resolve } = Promise.withResolvers<'done' | 'failed' | 'killed'>();
    const { time, history } = this.#world;
    const { runtime } = instance;
    instance.onDeath = () => resolve('killed');
    instance.thaw(this.#stepsToLive());
    time.actors.run(instance, () => {
      run({ runtime, client: this.#world.clientOf(instance) }).then(
        () => resolve('done'),
        (error: Error) => {
          history.add(instance.name, `threw ${error.name}: ${error.message}`);
          resolve('failed');
        },
      );
    });
    return promise;
  }

  #instanceOf(name: string): Instance {
    const idle = this.#idle.get(name) ?? [];
    this.#idle.set(name, idle);
    return idle.pop() ?? this.newInstance(name);
  }

  newInstance(name: string): Instance {
    const { faults, latency } = this.#world;
    const skewMs = faults.has('skew') ? latency.between(-MAX_SKEW_MS, MAX_SKEW_MS) : 0;
    this.#instances += 1;
    return new Instance(`${name}/${this.#instances}`, skewMs, this.#runtimeOf);
  }

  #stepsToLive(): number | null {
    const { faults, latency } = this.#world;
    return faults.happens('death') ? latency.int(0, MAX_STEPS) : null;
  }
}
