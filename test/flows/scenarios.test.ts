import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stack, startStack } from '#test/support/stack.ts';
import { checkAnswer } from './check-answer.ts';
import { checkScenario } from './check-scenario.ts';
import { operationOf, operations, type Prepared, prepare, send } from './play.ts';
import { scenarios, successOf } from './scenarios.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ remembers: true });
});
afterAll(() => stack.stop());

describe.each(operations)('$name', ({ name }) => {
  const own = scenarios.filter((one) => one.request.operation === name);

  test.each(own)('$title', async (scenario) => {
    const prepared = await prepare(scenario, stack.demo);
    const answer = await send(stack.demo, prepared);
    checkScenario(scenario, prepared, answer, stack.demo.credentials);
  });
});

const UUID = /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g;

/** What old clients send: a final slash, ids in lower case, and fields that nobody knows. */
function carelessly(prepared: Prepared): Prepared {
  const { path, body } = prepared;
  const [route = '', query] = path.split('?');
  const lower = (text: string) => text.replace(UUID, (uuid) => uuid.toLowerCase());
  return {
    ...prepared,
    path: `${lower(route).replace(/\/$/, '')}/${query === undefined ? '' : `?${query}`}`,
    body: body && { ...JSON.parse(lower(JSON.stringify(body))), order_id: 1, lang: null },
  };
}

const routes = operations.flatMap(({ name, routes: all }) => all.map((route) => ({ name, route })));

test.each(routes)('$route is lenient in form', async ({ name, route }) => {
  const { request, ...scenario } = successOf(name);
  const prepared = await prepare({ ...scenario, request: { ...request, route } }, stack.demo);
  const answer = await send(stack.demo, carelessly(prepared));
  expect(answer.status, answer.text).toBe(200);
  checkAnswer(operationOf(name), answer, stack.demo.credentials);
});

/** Answers that only a race or a fault brings about, and the test that does. */
const ELSEWHERE: Record<string, Record<number, string>> = {
  batchAuthorizations: { 503: 'batch.test.ts' },
  createMotoCampaignCsv: { 503: 'access.test.ts' },
  createMotoCampaignJson: { 503: 'access.test.ts' },
  createOrder: { 503: 'access.test.ts' },
  saveCard: { 503: 'access.test.ts' },
  saveCards: { 503: 'access.test.ts' },
  chargeOneStep: { 403: 'ways-to-pay.test.ts' },
  motoApiPayment: { 403: 'ways-to-pay.test.ts' },
  confirmPayment: { 409: 'in-flight.test.ts' },
  cancelPayment: { 409: 'in-flight.test.ts' },
  refundPayment: { 409: 'faults.test.ts' },
  posPreauthConfirm: { 409: 'posms.test.ts' },
  posPreauthCancel: { 409: 'posms.test.ts' },
};

const promised = operations.flatMap(({ name, errors }) => [
  { name, status: 200 },
  ...Object.keys(errors).map((status) => ({ name, status: Number(status) })),
]);

test.each(promised)('there is a scenario in which $name answers $status', ({ name, status }) => {
  const found = scenarios.some((one) => one.request.operation === name && one.status === status);
  expect(found).toBe(ELSEWHERE[name]?.[status] === undefined);
});
