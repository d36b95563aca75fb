import type { postJson } from '#delivery/http-post.ts';
import type { Instance } from './instance.ts';
import { carry } from './network.ts';
import type { World } from './world.ts';

type PostResult = Awaited<ReturnType<typeof postJson>>;

/** A notification as a merchant's server got it. */
export interface Received {
  url: string;
  body: string;
}

/** The merchants' servers that are told of orders: slow, unreachable and broken at times. */
export class Receivers {
  readonly received: Received[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  post(
    instance: Instance,
    url: string,
    body: string,
    { timeoutMs }: { timeoutMs: number },
  ): Promise<PostResult> {
    const { time } = this.#world;
    const startedMs = time.nowMs;
    const { promise, resolve } = Promise.withResolvers<PostResult>();
    const finish = (outcome: number | 'timeout' | 'connection_reset') => {
      const durationMs = Math.round(time.nowMs - startedMs);
      resolve(
        typeof outcome === 'number'
          ? { status: outcome, error: null, durationMs }
          : { status: null, error: outcome, durationMs },
      );
    };
    const deadline = time.after(timeoutMs, () => finish('timeout'));
    instance.take(() => {
      const receive = () => {
        this.received.push({ url, body });
        return 200;
      };
      void carry(this.#world, 'receiver', instance.name, receive).then((carried) =>
        instance.take(() => {
          if (carried.answer === null && carried.after === 'timeout') return;
          deadline.cancel();
          finish(carried.answer ?? 503);
        }),
      );
    });
    return promise;
  }
}
