import type { SQSBatchResponse } from 'aws-lambda';
import type { CatalogEntry } from '#infra/local/functions.ts';
import { MAX_RECEIVE_COUNT } from '#infra/resources.ts';
import type { JobDeclaration } from '#operation/declare/declaration.ts';
import type { Publish } from '#queues/publisher.ts';
import type { Instance } from './instance.ts';
import { carry } from './network.ts';
import type { World } from './world.ts';

const VISIBILITY_MS = 90_000;

/** The SDK's tries of a call together. */
const TIMEOUT_MS = 9000;

interface Message {
  id: string;
  body: string;
  receptions: number;
}

/** A queue and the job that Lambda feeds from it: at least once, in any order, late at times. */
export class Queue {
  readonly name: string;
  readonly #world: World;
  readonly #job: CatalogEntry<JobDeclaration>;
  #ready: Message[] = [];
  #isCollecting = false;
  #count = 0;

  constructor(world: World, job: CatalogEntry<JobDeclaration>) {
    this.name = job.declaration.queue;
    this.#world = world;
    this.#job = job;
  }

  /** How an instance sends to the queue. */
  publishedBy<M>(instance: Instance): Publish<M> {
    return async (messages, delaySeconds = 0) => {
      if (messages.length === 0) return;
      const bodies = messages.map((message) => JSON.stringify(message));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const fail = () => reject(new Error('SQS did not answer'));
      const deadline = this.#world.time.after(TIMEOUT_MS, fail);
      instance.take(() => {
        const receive = () => {
          for (const body of bodies) this.#accept(body, delaySeconds * 1000);
        };
        void carry(this.#world, 'queue', instance.name, receive).then((carried) =>
          instance.take(() => {
            deadline.cancel();
            if (carried.answer === null) fail();
            else resolve();
          }),
        );
      });
      return promise;
    };
  }

  #accept(body: string, delayMs: number): void {
    const { faults, latency } = this.#world;
    const times = faults.happens('message_twice') ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.#count += 1;
      const message = { id: `${this.name}-${this.#count}`, body, receptions: 0 };
      const lateMs = faults.happens('message_late') ? latency.between(1000, 120_000) : 0;
      this.#makeReady(message, delayMs + lateMs + latency.between(1, 200));
    }
  }

  #makeReady(message: Message, afterMs: number): void {
    this.#world.time.always(afterMs, () => {
      this.#ready.push(message);
      if (this.#isCollecting) return;
      this.#isCollecting = true;
      this.#world.time.always(this.#world.latency.between(1, 50), () => this.#collect());
    });
  }

  #collect(): void {
    this.#isCollecting = false;
    const { batchSize } = this.#job.declaration;
    while (this.#ready.length > 0) void this.#feed(this.#ready.splice(0, batchSize));
  }

  async #feed(messages: readonly Message[]): Promise<void> {
    for (const message of messages) message.receptions += 1;
    const Records = messages.map(({ id, body }) => ({ messageId: id, body }));
    const outcome = await this.#world.lambdas.invoke(this.#job, { Records });
    const failed =
      'result' in outcome
        ? (outcome.result as SQSBatchResponse).batchItemFailures.map((one) => one.itemIdentifier)
        : messages.map(({ id }) => id);
    for (const message of messages) {
      if (!failed.includes(message.id)) continue;
      if (message.receptions < MAX_RECEIVE_COUNT) this.#makeReady(message, VISIBILITY_MS);
      else this.#world.history.add(this.name, `${message.body} is given up`);
    }
  }
}
