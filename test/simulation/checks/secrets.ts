import { PANS, RARE_CVV } from '../clients/drafts.ts';
import { IBAN } from '../clients/registers.ts';
import type { RestWithOrders } from './check-all.ts';
import { textOf } from './stored.ts';

/** No card number, security code, account number, token or key is kept, told or logged in clear. */
export function checkSecrets({ world, shops }: RestWithOrders): void {
  const keys = shops.flatMap(({ apiKey, signature, token, appToken }) => {
    return [apiKey, signature, token, appToken];
  });
  const secrets = [...PANS, IBAN, 'secret-m', ...keys];
  const holds = (text: string) => {
    return secrets.some((secret) => text.includes(secret)) || text.includes(`"${RARE_CVV}"`);
  };
  for (const [name, table] of world.engine.tables) {
    for (const item of table.all()) {
      if (holds(textOf(item)) || holdsIn(item, holds)) {
        world.fail(`${name} ${item.pk?.S} ${item.sk?.S} holds a secret`);
      }
    }
  }
  for (const { url, body } of world.receivers.received) {
    if (holds(body)) world.fail(`${url} was told a secret`);
  }
  for (const message of world.postOffice.delivered) {
    if (holds(JSON.stringify(message))) world.fail(`${message.to} was told a secret`);
  }
  for (const { stack: _stack, ...fields } of world.logged) {
    if (holds(JSON.stringify(fields))) world.fail(`a secret was logged: ${JSON.stringify(fields)}`);
  }
}

/** Numbers are kept as text, too: an amount may read like a security code. */
function holdsIn(item: Record<string, { S?: string }>, holds: (text: string) => boolean): boolean {
  return holds(JSON.stringify(Object.values(item).map(({ S }) => S ?? '')));
}
