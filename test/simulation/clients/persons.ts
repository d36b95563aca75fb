import { forgetCustomer } from '#administration/customers.ts';
import type { World } from '../world/world.ts';
import type { Asks } from './asks.ts';
import { Client } from './client.ts';
import { cardData, markerOf, orderData } from './drafts.ts';
import { sendBack } from './sales.ts';
import type { Shop } from './shop.ts';
import type { Till } from './till.ts';

/** The name of a person, and of nobody else, stands wherever something is kept of the person. */
export async function sellToPerson(shopTill: Till): Promise<void> {
  const till = shopTill.withoutKeys();
  const { random, shop } = till;
  const person = markerOf(till);
  shop.persons.push(person);
  const known = { external_id: person, first_name: person, last_name: person };
  await till.paylands('/customer/profile', { ...known, email: `${person}@buyer.example` });
  if (random.chance(0.5)) {
    await till.paylands('/customer/address', {
      external_id: person,
      address1: person,
      city: 'Castellón',
      state_code: 'Castellón',
      country: 'ESP',
      zip_code: '12006',
      default: true,
    });
  }
  const saved = { ...cardData(till), card_holder: person, customer_ext_id: person };
  const card = await till.paylands('/payment-method/card', saved);
  const draft = { customer: person, operative: 'AUTHORIZATION' } as const;
  const profile = { first_name: person, email: `${person}@buyer.example` };
  const body = { ...orderData(till, draft, 'sold'), extra_data: { profile } };
  const answer = await till.paylands('/payment', body);
  if (card === null || answer === null) return;
  const charge = { order_uuid: answer.order.uuid, card_uuid: card.Source.uuid };
  await till.paylands('/payment/direct', charge, `pay ${answer.order.uuid}`);
  await sendBack(till, answer.order);
}

/** Some of the persons ask their shop to forget them, when nothing of theirs is under way. */
export async function forgetSome(world: World, asks: Asks, shops: readonly Shop[]): Promise<void> {
  const client = new Client('forgetting', world, asks, new Map());
  for (const { tenant, persons } of shops) {
    for (const person of persons.filter(() => world.random.chance(0.5))) {
      const asked = { asks: [`gone ${person}`], identity: person };
      await client.command('forget', asked, async ({ runtime }) => {
        const { access, store } = runtime;
        await forgetCustomer({ access, ledger: store }, tenant, person);
      });
    }
  }
}
