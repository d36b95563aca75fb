import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mintUuid, objectIdFromUuid } from '#ledger/core/ids.ts';
import { pageOf } from '#ledger/orders/list-transactions.ts';
import type { TransactionEntry } from '#ledger/orders/order-store.ts';
import { entryOf } from '#ledger/orders/transaction-entry.ts';
import { NOW_MS, newOrder, newTransaction } from '#test/support/orders.ts';

const ORDER = newOrder();
const idOf = ({ transaction }: TransactionEntry) => objectIdFromUuid(transaction.uuid) ?? '';
const newestFirst = (one: TransactionEntry, other: TransactionEntry) =>
  idOf(one) < idOf(other) ? 1 : -1;

/** Transactions of one list; some are pending, and some of those finish while they are read. */
const list = fc.array(fc.constantFrom('finished', 'pending', 'finishing'), { maxLength: 40 });
const window = fc.record({ offset: fc.nat({ max: 45 }), limit: fc.integer({ min: 1, max: 20 }) });

test('a page of finished and pending transactions is that of one plain list', () => {
  fc.assert(
    fc.property(list, window, (kinds, { offset, limit }) => {
      const all = kinds.map((kind, second) => {
        const uuid = mintUuid(NOW_MS + second * 1000);
        return { kind, entry: entryOf(ORDER, newTransaction({ uuid })) };
      });
      const of = (...some: string[]) =>
        all
          .filter(({ kind }) => some.includes(kind))
          .map(({ entry }) => entry)
          .sort(newestFirst);
      const pending = of('pending', 'finishing');
      const skipped = Math.max(0, offset - pending.length);
      // Deep pages move by a row when a list changes while they are read, as they do between reads.
      fc.pre(skipped === 0 || !kinds.includes('finishing'));
      const finished = of('finished', 'finishing');
      const rows = finished.slice(skipped, skipped + limit + (offset - skipped));
      const page = pageOf(rows, pending, skipped, { offset, limit });
      const plain = of('finished', 'pending', 'finishing');
      expect(page).toEqual(plain.slice(offset, offset + limit));
    }),
    { numRuns: 2000 },
  );
});
