import { expect, test, vi } from 'vitest';
import { extraDataWithPurchase } from '#faces/paylands/purchase.ts';
import { parseInput } from '#operation/http/parse.ts';

const made = vi.hoisted(() => ({ objects: 0 }));

vi.mock('zod/mini', async (load) => {
  const zod = await load<typeof import('zod/mini')>();
  const looseObject: typeof zod.looseObject = (...of) => {
    made.objects += 1;
    return zod.looseObject(...of);
  };
  return { ...zod, looseObject };
});

test('what is known of extra data is made when some comes, and once', () => {
  expect(made.objects).toBe(0);
  const both = { profile: { first_name: 'Ada' }, highlevel: { contactId: 'one' } };
  expect(parseInput(extraDataWithPurchase, both).success).toBe(true);
  const { objects } = made;
  expect(objects).toBeGreaterThan(5);
  expect(parseInput(extraDataWithPurchase, both).success).toBe(true);
  expect(made.objects).toBe(objects);
});
