import type { RestWithOrders } from './check-all.ts';
import { storedOf, storedUnder, textOf } from './stored.ts';

/** What was deleted, and who was forgotten, is named nowhere any more; orders and money stay. */
export function checkDeletions({ world, asks }: RestWithOrders): void {
  const isDone = (ask: string) => asks.bounds(ask).least > 0;
  const cards = new Set(storedOf<{ uuid: string }>(world.engine, 'CARD').map(({ uuid }) => uuid));
  for (const ask of asks.of('uncard').filter(isDone)) {
    const [, card = ''] = ask.split(' ');
    if (cards.has(card)) world.fail(`card ${card} is still there`);
  }
  const providers = storedUnder<{ id: string }>(world.engine, '#CUSTOM_PROVIDERS');
  for (const ask of asks.of('unprovider').filter(isDone)) {
    const [, id = ''] = ask.split(' ');
    if (providers.some((one) => one.id === id)) world.fail(`provider ${id} is still there`);
  }
  const gone = asks.of('gone').filter(isDone);
  if (gone.length === 0) return;
  const items = [...(world.engine.tables.get('ledger')?.all() ?? [])]
    // Counters expire by themselves, soon, and so does what stands in the place of what is deleted.
    .filter(({ sk, gone: isDeletion }) => sk?.S !== 'VELOCITY' && isDeletion === undefined)
    .map((item) => {
      const name = `${item.pk?.S} ${item.sk?.S}`;
      return { name, text: `${JSON.stringify(item)}${textOf(item)}` };
    });
  for (const ask of gone) {
    const [, name = ''] = ask.split(' ');
    for (const item of items.filter(({ text }) => text.includes(name))) {
      world.fail(`${name} was deleted, and ${item.name} still has it`);
    }
  }
}
