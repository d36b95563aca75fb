import type { RestWithOrders } from './check-all.ts';

/** The acquirer's own book and the ledger say the same of every movement, to the cent. */
export function checkBook({ world, orders }: RestWithOrders): void {
  const { book } = world.bank;
  const known = new Set<string>();
  for (const order of orders) {
    for (const { uuid, kind, status, amount } of order.transactions) {
      if (kind === 'manual') continue;
      known.add(uuid);
      const entry = book.get(uuid);
      const moved = entry?.answer.result === 'approved' ? entry.answer.amount : 0;
      const noted = status === 'succeeded' ? amount : 0;
      if (moved !== noted) {
        world.fail(`${kind} ${uuid}: the acquirer has moved ${moved}, the ledger says ${noted}`);
      }
      if (entry !== undefined && entry.instruction.kind !== kind) {
        world.fail(`${uuid} is a ${kind} here and a ${entry.instruction.kind} at the acquirer`);
      }
    }
  }
  for (const [reference, { instruction, answer }] of book) {
    if (known.has(reference)) continue;
    world.fail(`${instruction.kind} ${reference} (${answer.result}) is not in the ledger`);
  }
}
