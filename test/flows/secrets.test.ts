import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '#test/support/eventually.ts';
import { startReceiver } from '#test/support/receiver.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { prepare, send } from './play.ts';
import type { Scenario, ScenarioRequest } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { CVV, captureOutputs, secretsIn } from './secrets.ts';

let stack: Stack;
const outputs = captureOutputs();

beforeAll(async () => {
  stack = await startStack({ settings: { LOG_LEVEL: 'debug' }, remembers: true });
});
afterAll(async () => {
  await stack.stop();
  outputs.restore();
});

/** Every card comes with a CVV, every order with somebody to notify. */
function withSecrets<R extends ScenarioRequest>(request: R, notifyUrl: string): R {
  if (request.operation === 'createOrder') {
    return { ...request, body: { ...request.body, url_post: notifyUrl } };
  }
  if (request.operation !== 'saveCard') return request;
  return { ...request, body: { card_cvv: CVV, ...request.body } };
}

test('the detector finds what it looks for', () => {
  const text = `"4548812049400004" ${CVV}, key-1 ${Date.now()} 454881****0004 4548812049400005`;
  expect(secretsIn(text, ['key-1', 'key-2'])).toEqual(['4548812049400004', CVV, 'key-1']);
});

/** It plays every scenario there is. */
const ALL_SCENARIOS = { timeout: 180_000 };

test(
  'no card number, CVV or credential is logged, stored, answered or notified',
  ALL_SCENARIOS,
  async () => {
    const { apiKey, signature } = stack.demo.credentials;
    const receiver = await startReceiver();
    const notifyUrl = receiver.at('/all');
    const answers: string[] = [];
    for (const scenario of scenarios) {
      const armed: Scenario = {
        ...scenario,
        before: scenario.before?.map((step) => withSecrets(step, notifyUrl)) ?? [],
        request: withSecrets(scenario.request, notifyUrl),
      };
      const key = `${scenario.request.operation} ${scenario.title}`.replace(/[^ -~]/g, '');
      const { text } = await send(stack.demo, await prepare(armed, stack.demo), { key });
      answers.push(text);
    }
    await eventually(() => expect(receiver.received('/all').length).toBeGreaterThan(30));
    const notified = receiver.received('/all').map(({ text }) => text);
    await receiver.close();
    const items = [...(await scan('ledger')), ...(await scan('access'))];

    const logged = outputs.text();
    expect(logged).toContain('"function":"directPayment"');
    expect(items.length).toBeGreaterThan(300);
    for (const text of [logged, JSON.stringify(items), ...answers, ...notified]) {
      expect(secretsIn(text, [apiKey, signature])).toEqual([]);
    }
  },
);
