import { expect } from 'vitest';
import type { Answer, Credentials } from '#test/support/client.ts';
import { checkAnswer } from './check-answer.ts';
import { operationOf, type Prepared, valueAt } from './play.ts';
import type { Scenario } from './scenario.ts';

/** What holds for every answer, and what a scenario says of its own. */
export function checkScenario(
  scenario: Scenario,
  prepared: Prepared,
  answer: Answer,
  credentials: Credentials,
): void {
  expect(answer.status, answer.text).toBe(scenario.status);
  checkAnswer(operationOf(scenario.request.operation), answer, credentials);
  const expected = prepared.resolve(scenario.body ?? {});
  expect(comparable(answer.body, expected)).toMatchObject(expected);
  for (const path of scenario.without ?? []) {
    expect(valueAt(answer.body, path), path).toBeUndefined();
  }
}

/**
 * A scenario may say what is wrong and leave out how to mend it, which comes after a colon: those
 * words have a table of their own, `test/clients/newcomers.test.ts`.
 */
function comparable(body: object, { details }: { details?: unknown }): object {
  const said: unknown = Reflect.get(body, 'details');
  if (typeof details !== 'string' || typeof said !== 'string' || said === details) return body;
  if (said.startsWith(`${details}: `)) return { ...body, details };
  const names = said.split('; ').map((one) => one.split(': it ')[0]);
  return details.startsWith('Field ') ? { ...body, details: names.join(', ') } : body;
}
