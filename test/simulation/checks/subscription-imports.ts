import type { Subscription } from '#ledger/subscriptions/subscription.ts';
import type { RestWithOrders } from './check-all.ts';
import { storedOf } from './stored.ts';

/** What was taken over is there, as it was said to be last; nobody has taken over anything else. */
export function checkSubscriptionImports({ world, asks }: RestWithOrders): void {
  const all = storedOf<Subscription>(world.engine, 'SUBSCRIPTION');
  const imported = new Map(
    all.filter(({ billing }) => billing === undefined).map((one) => [one.id, one]),
  );
  for (const ask of asks.of('takeover')) {
    const [, id = '', status] = ask.split(' ');
    const { least, most } = asks.bounds(ask);
    const found = imported.get(id);
    if (least > 0 && found === undefined) world.fail(`subscription ${id} was not taken over`);
    const isFinal = status === 'canceled' && least > 0;
    if (isFinal && found !== undefined && found.status !== status) {
      world.fail(`subscription ${id} is ${found.status}, and was said to be ${status}`);
    }
    if (most === 0 && found?.status === status) world.fail(`nobody said that ${id} is ${status}`);
  }
  const known = new Set(asks.of('takeover').map((ask) => ask.split(' ')[1]));
  for (const id of imported.keys()) {
    if (!known.has(id)) world.fail(`nobody has taken over subscription ${id}`);
  }
}
