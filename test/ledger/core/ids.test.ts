import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CardUuid,
  derivedUuid,
  type MerchantUuid,
  mintObjectId,
  mintOrderToken,
  mintUuid,
  type ObjectId,
  type OrderUuid,
  objectIdFloor,
  objectIdFromUuid,
  orderOfToken,
  uuidFromObjectId,
} from '#ledger/core/ids.ts';

const time = fc.integer({ min: 0, max: 4_000_000_000_000 });

test('an ObjectId and its UUID are one identity', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{24}$/), (id) => {
      const uuid = uuidFromObjectId(id);
      expect(uuid).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
      expect(objectIdFromUuid(uuid)).toBe(id);
      expect(objectIdFromUuid(uuid.toLowerCase())).toBe(id);
    }),
  );
});

test('a UUID of somebody else has no ObjectId', () => {
  expect(objectIdFromUuid('6412549E-933E-4DFE-A225-2E87FBF7623E')).toBeNull();
});

test('ObjectIds sort by time, to the millisecond', () => {
  fc.assert(
    fc.property(time, fc.integer({ min: 1, max: 10_000 }), (first, gap) => {
      expect(mintObjectId(first) < mintObjectId(first + gap)).toBe(true);
      expect(objectIdFloor(first) <= mintObjectId(first)).toBe(true);
      expect(mintObjectId(first) < objectIdFloor(first + 1)).toBe(true);
    }),
  );
});

test('a token names its order', () => {
  const order = mintUuid(Date.now());
  const merchant = '6D0C3A52-9E41-8B7F-A5D2-3C18E0947B6A';
  const token = mintOrderToken(order, merchant);
  expect(token).toMatch(/^[0-9a-f]{128}$/);
  expect(orderOfToken(token)).toEqual({ order, merchant });
  expect(orderOfToken(token.toUpperCase())).toBeNull();
  expect(orderOfToken('nonsense')).toBeNull();
});

test('derived identities are stable and distinct', () => {
  const base = mintUuid(Date.now());
  expect(derivedUuid(base, 1)).toBe(derivedUuid(base, 1));
  expect(derivedUuid(base, 1)).not.toBe(derivedUuid(base, 2));
  expect(objectIdFromUuid(derivedUuid(base, 1))).not.toBeNull();
});

/** The type checker reads this; a test runs what compiles. */
test('what identifies one kind of thing does not compile for another', () => {
  const named = (names: { order: OrderUuid; card?: CardUuid }) => names.order;
  const card: CardUuid = mintUuid(0);
  const id: ObjectId = mintObjectId(0);
  const merchant: MerchantUuid = mintUuid(0);
  // @ts-expect-error a card for an order
  named({ order: card });
  // @ts-expect-error the other identity of an order
  named({ order: id });
  // @ts-expect-error a merchant for a card
  named({ order: 'ORDER', card: merchant });
  const order: OrderUuid = uuidFromObjectId(id);
  expect(named({ order, card })).toBe(order);
});
