import { afterAll, beforeAll, expect, test } from 'vitest';
import { SALE } from '#test/highlevel/support/purchase.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { nameOf, withField } from './fields-of.ts';
import { distinct, expectNowhere, notations, Planted, placesIn, placesOf } from './planted.ts';
import { operations, prepare, send } from './play.ts';
import { successOf } from './scenarios.ts';
import { captureOutputs } from './secrets.ts';

let stack: Stack;
const outputs = captureOutputs();
const planted = new Planted();
/** What was answered to requests that were refused. */
const refusals: string[] = [];

beforeAll(async () => {
  stack = await startStack({ settings: { LOG_LEVEL: 'debug' }, remembers: true });
});
afterAll(async () => {
  await stack.stop();
  outputs.restore();
});

/** Where a card is, and what is kept encrypted. */
const CARDS = /card_pan|account_number/;

/** Card numbers are put into every field of every request, each once, in one notation after another. */
test.each(operations.filter(({ body }) => body !== undefined))(
  'a card number in any field of $name is refused or masked',
  async ({ name, body }) => {
    const prepared = await prepare(successOf(name), stack.demo);
    const whole = name === 'createOrder' ? { extra_data: { highlevel: SALE } } : {};
    const valid = { ...prepared.body, ...whole };
    const paths = distinct([...placesOf(body), ...placesIn(valid)]);
    for (const [index, path] of paths.entries()) {
      if (CARDS.test(nameOf(path))) continue;
      for (const shift of [0, 3]) {
        const notation = notations[(index + shift) % notations.length] ?? 'as it is';
        const value = planted.value(`${name} ${nameOf(path)}`, notation);
        const changed = withField(valid, path, value) as Record<string, unknown>;
        const answer = await send(stack.demo, { ...prepared, body: changed });
        expect(answer.status, `${nameOf(path)} ${notation}: ${answer.text}`).toBeLessThan(500);
        if (answer.status >= 400) refusals.push(answer.text);
      }
    }
  },
);

test('none of them is in the store, a log or an error', async () => {
  expect(planted.count).toBeGreaterThan(500);
  await expectNowhere(planted, outputs, refusals);
});
