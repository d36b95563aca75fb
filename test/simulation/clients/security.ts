import { customerOf, markerOf, newOrder, PANS, saveCard } from './drafts.ts';
import type { Till } from './till.ts';

/**
 * Works on the shop's security lists, which other tills work on too: makes one, adds and removes
 * items, turns it on and off, or deletes it.
 */
export async function keepSecurityLists(till: Till): Promise<void> {
  const { random, shop } = till;
  if (shop.lists.length === 0 || random.chance(0.4)) await makeList(till);
  const times = random.int(1, 4);
  for (let time = 0; time < times && shop.lists.length > 0; time += 1) {
    const path = `/colorlists/${random.pick(shop.lists)}`;
    // Two people at once, at times.
    const people = random.chance(0.3) ? 2 : 1;
    await Promise.all(Array.from({ length: people }, () => workOnList(till, path)));
  }
}

/** One buyer pays several orders at the same moment, and not all may be allowed. */
export async function sellInARush(till: Till): Promise<void> {
  const { random } = till;
  const customer = customerOf(till);
  const card = await saveCard(till, customer);
  const orders = [];
  for (let times = random.int(2, 5); times > 0; times -= 1) {
    orders.push(await newOrder(till, { customer, operative: 'AUTHORIZATION' }));
  }
  const open = orders.filter((order) => order !== null);
  if (card === null) return;
  const buyer = { card_uuid: card, customer_ip: '198.51.100.1' };
  const pay = (uuid: string) =>
    till.paylands('/payment/direct', { order_uuid: uuid, ...buyer }, `pay ${uuid}`);
  await Promise.all(open.map(({ uuid }) => pay(uuid)));
}

async function makeList(till: Till): Promise<void> {
  const { random, shop } = till;
  const description = markerOf(till);
  const isStrict = (shop.guard?.strict ?? null) !== null;
  const type = random.pick([isStrict ? 'GREYLIST' : 'WHITELIST', 'BLACKLIST', 'GREYLIST']);
  const list = { type, enabled: random.chance(0.7), description };
  const answer = await till.paylands('/colorlists', list, `list ${description}`);
  if (answer !== null) shop.lists.push(answer.colorlists.uuid);
}

async function workOnList(till: Till, path: string): Promise<void> {
  const { random, shop } = till;
  const items = [itemOf(till), itemOf(till)];
  switch (random.pick(['add', 'add', 'remove', 'toggle', 'service', 'delete'])) {
    case 'add':
      await till.paylands(`${path}/items`, { items });
      break;
    case 'remove':
      await till.delete(`${path}/items`, { items: items.map(({ value }) => value) });
      break;
    case 'toggle':
      await till.put(path, random.chance(0.5) ? {} : { enabled: random.chance(0.5) });
      break;
    case 'service':
      await till.paylands(`${path}/services`, { service_uuid: random.pick(shop.services) });
      break;
    default:
      await till.delete(path);
  }
}

/** Of few, so that requests meet in them; some have payments, so that they are stopped. */
function itemOf(till: Till): { type: string; value: string } {
  const { random } = till;
  return random.pick([
    { type: 'CUSTOMER', value: customerOf(till) },
    { type: 'CUSTOMER', value: 'nobody' },
    { type: 'CARD', value: random.pick(PANS) },
    { type: 'IP', value: '198.51.100.0/24' },
    { type: 'EMAIL', value: 'somebody@example.com' },
  ]);
}
