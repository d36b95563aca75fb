import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testCardsOf } from '#acquirers/sandbox/cards.ts';

/** The card numbers that the guide gives to each type of service, in its first table. */
function documented(): Map<string, Set<string>> {
  const guide = readFileSync('docs/sandbox.md', 'utf8');
  const [table = ''] = guide.split('\n## ', 1);
  const cards = new Map<string, Set<string>>();
  for (const row of table.split('\n')) {
    const [, types = '', numbers = ''] = row.split('|');
    for (const type of types.match(/[A-Z]{3,}/g) ?? []) {
      const known = cards.get(type) ?? new Set();
      cards.set(type, new Set([...known, ...(numbers.match(/\d{13,19}/g) ?? [])]));
    }
  }
  return cards;
}

test("the guide's test cards are the acquirer's", () => {
  const cards = documented();
  expect([...cards.keys()].sort()).toEqual([
    'CASHFLOWS',
    'CLEARHAUS',
    'CREDORAX',
    'PAYLANDS',
    'REDSYS',
  ]);
  for (const [type, numbers] of cards) {
    const known = testCardsOf(type).cards.map(({ pan }) => pan);
    expect([...numbers].sort(), type).toEqual(known.sort());
  }
});
