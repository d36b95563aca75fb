import { setRule } from '#administration/security-rules.ts';
import type { Random } from '../world/random.ts';
import type { Tools, World } from '../world/world.ts';
import { PANS } from './drafts.ts';
import type { Shop } from './shop.ts';

/** What a shop has decided once and for all about what it takes. */
export interface Guard {
  /** A card and a customer that it never takes. */
  pan: string;
  customer: string;
  /** So many payments a day of one card or customer. */
  limit: { subject: 'card' | 'customer'; payments: number };
}

/** Has a shop refuse a card, a customer, and more than some payments a day. */
export async function guardShop(
  world: World,
  { runtime }: Tools,
  shop: Shop,
  random: Random,
): Promise<Guard> {
  const subject = random.pick(['card', 'customer'] as const);
  const guard: Guard = {
    pan: random.pick(PANS),
    customer: 'customer-4',
    limit: { subject, payments: random.int(1, 3) },
  };
  const { access, store: ledger } = runtime;
  // Refuses by itself.
  const rule = { kind: 'velocity', days: 1, score: 100, ...guard.limit } as const;
  await setRule({ access, ledger }, shop.tenant, rule);
  const list = { type: 'BLACKLIST', enabled: true, description: 'Never' };
  const { colorlists } = await post(world, shop, '/colorlists', list);
  await post(world, shop, `/colorlists/${(colorlists as { uuid: string }).uuid}/items`, {
    items: [
      { type: 'CARD', value: guard.pan },
      { type: 'CUSTOMER', value: guard.customer },
    ],
  });
  return guard;
}

async function post(
  world: World,
  { apiKey, signature }: Shop,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  const answer = await world.gateway.handle({
    method: 'POST',
    path: `/v1/sandbox${path}`,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, signature }),
  });
  if (answer.status !== 200) throw new Error(`${path} is ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body);
}
