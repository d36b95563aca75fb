import { PANS } from '../clients/flows.ts';
import type { RestWithOrders } from './check-all.ts';
import { textOf } from './stored.ts';

/** No card number is stored anywhere, nor sent to a merchant's server. */
export function checkSecrets({ world }: RestWithOrders): void {
  for (const [name, table] of world.engine.tables) {
    for (const item of table.all()) {
      const text = `${JSON.stringify(item)} ${textOf(item)}`;
      const found = PANS.some((pan) => text.includes(pan));
      if (found) world.fail(`${name} ${item.pk?.S} ${item.sk?.S} holds a card number`);
    }
  }
  for (const { body } of world.receivers.received) {
    if (PANS.some((pan) => body.includes(pan))) world.fail('a card number was posted');
  }
}
