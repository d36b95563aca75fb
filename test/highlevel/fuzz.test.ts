import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { catalog } from '#functions/catalog.ts';
import { type Face, startFace, type TestLocation } from '#test/highlevel/support/locations.ts';

let face: Face;
let location: TestLocation;

beforeAll(async () => {
  face = await startFace();
  location = await face.newLocation();
});
afterAll(() => face.stop());

const operations = catalog
  .map((one) => one.declaration)
  .filter((one) => one.kind === 'operation' && one.face === 'highlevel')
  .map((one) => [one.name, one] as const);

type Declaration = (typeof operations)[number][1];

/** Values that are likely to get past one check and to fail the next. */
const value = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  fc.constantFrom('location', 'active', 'percentage', 'cash', 'card', 'test', '2026-01-01'),
  fc.constantFrom('\u0000', '\ud800', '#', '__proto__', '1e999', '-0', 'true', 'null'),
  fc.constantFrom(0, -1, 1e21, 0.1, Number.MAX_SAFE_INTEGER, 10 ** 308),
  fc.constantFrom('2026-01-01T00:00:00Z', '0'.repeat(24), 'x'.repeat(3000)),
);

/** Objects with the properties of a schema, and sometimes with others. */
function objects(schema: Declaration['body']): fc.Arbitrary<Record<string, unknown>> {
  if (schema === undefined) return fc.constant({});
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const known = Object.keys(properties).filter((name) => !ACCOUNTS.has(name));
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('extra', ...known) }, fc.string());
  return fc.dictionary(name, value, { maxKeys: known.length + 1 });
}

/** Anything else would be another location's, and go no further. */
const ACCOUNTS = new Set(['altId', 'locationId', 'companyId']);

test.each(operations)('%s is never a failure of ours', async (_, declaration) => {
  const [method, template] = declaration.routes[0].split(' ');
  const inputs = fc.record({
    id: fc.oneof(fc.constant('0'.repeat(24)), fc.webSegment({ size: 'small' })),
    query: objects(declaration.query),
    body: objects(declaration.body),
  });
  await fc.assert(
    fc.asyncProperty(inputs, async ({ id, query, body }) => {
      const { id: altId, appToken } = location;
      const own = { altId, altType: 'location', locationId: altId };
      const path = template?.replace(/\{\w+\}/, id === '' ? 'x' : id);
      const texts = Object.entries(query).map(([name, one]) => [
        name,
        typeof one === 'object' ? JSON.stringify(one) : String(one),
      ]);
      const { status } = await face.call(appToken, `${method} ${path}`, {
        query: { ...own, ...Object.fromEntries(texts) },
        ...(method === 'GET' ? {} : { body: { ...own, ...body } }),
      });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 60 },
  );
});
