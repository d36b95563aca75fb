import type { Place } from './faults.ts';
import type { World } from './world.ts';

/** What came of a call over a network that loses, delays and repeats. */
export type Carried<T> = { answer: T } | { answer: null; after: 'never' | 'timeout' | 'error' };

/** So long a lost call is waited for by whoever has set a time limit. */
const LATE_MS = [2000, 60_000] as const;

/**
 * Carries a call to a place and its answer back. What was lost on the way there may still arrive
 * after the caller has given up. `receive` happens at the other place, as nobody.
 */
export function carry<T>(
  world: World,
  place: Place,
  who: string,
  receive: () => T,
): Promise<Carried<T>> {
  const { time, latency } = world;
  const { promise, resolve } = Promise.withResolvers<Carried<T>>();
  const fault = world.faults.ofNetwork(place);
  if (fault !== null) world.history.add(who, `${place}: ${fault}`);
  const arrive = (ms: number, then: (answer: T) => void) => time.always(ms, () => then(receive()));
  const back = (carried: Carried<T>) => time.always(latency.between(1, 30), () => resolve(carried));
  const there = latency.between(1, 80);
  switch (fault) {
    case 'hangs':
      // It arrives, and nobody ever hears of it.
      arrive(there, () => {});
      break;
    case 'lost':
      back({ answer: null, after: 'timeout' });
      break;
    case 'error':
      back({ answer: null, after: 'error' });
      break;
    case 'answer_lost':
      arrive(there, () => back({ answer: null, after: 'timeout' }));
      break;
    case 'late':
      arrive(latency.between(...LATE_MS), (answer) => back({ answer }));
      break;
    case 'twice':
      arrive(there, (answer) => back({ answer }));
      arrive(latency.between(...LATE_MS), () => {});
      break;
    default:
      arrive(there, (answer) => back({ answer }));
  }
  return promise;
}
