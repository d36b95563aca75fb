import { setRule } from '#administration/security-rules.ts';
import type { SecurityRule, VelocitySubject } from '#ledger/security/security-policy.ts';
import type { Random } from '../world/random.ts';
import type { Tools, World } from '../world/world.ts';
import { PANS } from './drafts.ts';
import type { Shop } from './shop.ts';

/** What a shop has decided once and for all about what it takes. */
export interface Guard {
  /** A card and a customer that it never takes. */
  pan: string;
  customer: string;
  /** So many payments a day of one card, customer or address. */
  limit: { subject: VelocitySubject; payments: number };
  /** What a strict one refuses besides, and whom it has authenticated; null for others. */
  strict: Strict | null;
}

/** No list of a till lets pass what this forbids. */
interface Strict {
  /** The most that it takes, in cents. */
  most: number;
  /** The only country whose cards it takes. */
  country: string;
  /** A customer who pays by card only once authenticated. */
  suspect: string;
}

/**
 * Has a shop refuse a card, a customer, and more than some payments a day; and a strict one large
 * amounts, foreign cards, and cards of a suspect who is not authenticated.
 */
export async function guardShop(
  world: World,
  { runtime }: Tools,
  shop: Shop,
  random: Random,
): Promise<Guard> {
  const subject = random.pick(['card', 'customer', 'ip'] as const);
  const guard: Guard = {
    pan: random.pick(PANS),
    customer: 'customer-4',
    limit: { subject, payments: random.int(1, 3) },
    strict: random.chance(0.5) ? { most: 20_000, country: 'ES', suspect: 'customer-3' } : null,
  };
  const { access, store: ledger } = runtime;
  // Refuses by itself.
  const rules: SecurityRule[] = [{ kind: 'velocity', days: 1, score: 100, ...guard.limit }];
  const { strict } = guard;
  if (strict !== null) {
    rules.push({ kind: 'amount', most: strict.most, score: 100 });
    rules.push({ kind: 'countries', allowed: [strict.country], score: 100 });
  }
  for (const rule of rules) await setRule({ access, ledger }, shop.tenant, rule);
  await keepList(world, shop, 'BLACKLIST', [
    { type: 'CARD', value: guard.pan },
    { type: 'CUSTOMER', value: guard.customer },
  ]);
  if (strict !== null) {
    await keepList(world, shop, 'GREYLIST', [{ type: 'CUSTOMER', value: strict.suspect }]);
  }
  return guard;
}

async function keepList(
  world: World,
  shop: Shop,
  type: string,
  items: readonly { type: string; value: string }[],
): Promise<void> {
  const list = { type, enabled: true, description: 'For good' };
  const { colorlists } = await post(world, shop, '/colorlists', list);
  const { uuid } = colorlists as { uuid: string };
  await post(world, shop, `/colorlists/${uuid}/items`, { items });
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
