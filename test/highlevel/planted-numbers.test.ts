import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameOf, withField } from '#test/flows/fields-of.ts';
import {
  distinct,
  expectNowhere,
  type Notation,
  notations,
  Planted,
  placesIn,
  placesOf,
} from '#test/flows/planted.ts';
import { captureOutputs } from '#test/flows/secrets.ts';
import { type Face, startFace } from '#test/highlevel/support/locations.ts';
import { operations, prepare } from './scenarios/play.ts';
import { scenarios } from './scenarios/scenarios.ts';

let face: Face;
const outputs = captureOutputs();
const planted = new Planted();
const refusals: string[] = [];

beforeAll(async () => {
  face = await startFace();
});
afterAll(async () => {
  await face.stop();
  outputs.restore();
});

/** Numbers of parcels and cheques look alike; the addresses of parcels end with them. */
function looksAlike(field: string, notation: Notation): boolean {
  if (/trackingUrl/.test(field)) return true;
  const isNumber = notation === 'as it is' || notation === 'in groups';
  return isNumber && /trackingNumber|cheque\.number/.test(field);
}

/** What no two may have. */
const UNIQUE = ['code'];

test.each(operations.filter(({ body }) => body !== undefined))(
  'a card number in any field of $name is refused or masked',
  async ({ name, body }) => {
    const success = scenarios.find(
      ({ request, status }) => request.operation === name && status < 300,
    );
    if (success === undefined) throw new Error(`No scenario in which ${name} succeeds`);
    const { send, resolve } = await prepare(success, face);
    const valid = resolve(success.request.body ?? {});
    for (const [index, path] of distinct([...placesOf(body), ...placesIn(valid)]).entries()) {
      for (const shift of [0, 3]) {
        const notation = notations[(index + shift) % notations.length] ?? 'as it is';
        if (looksAlike(nameOf(path), notation)) continue;
        const value = planted.value(`${name} ${nameOf(path)}`, notation);
        const own = UNIQUE.filter((field) => field in valid && nameOf(path) !== field);
        const others = own.map((field) => [field, `unique-${planted.count}`]);
        const fields = withField(valid, path, value) as object;
        const answer = await send({ fields: { ...fields, ...Object.fromEntries(others) } });
        expect(answer.status, `${nameOf(path)} ${notation}`).toBeLessThan(500);
        if (answer.status >= 400) refusals.push(JSON.stringify(answer.body));
      }
    }
  },
);

test('none of them is in the store, a log or an error', async () => {
  expect(planted.count).toBeGreaterThan(100);
  await expectNowhere(planted, outputs, refusals);
});
