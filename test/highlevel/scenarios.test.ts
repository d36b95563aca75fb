import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { HighLevelDeclaration } from '#faces/highlevel/declaration.ts';
import { ownErrorsOf } from '#infra/openapi/errors.ts';
import { HIGHLEVEL } from '#infra/openapi/highlevel.ts';
import { SchemaWriter } from '#infra/openapi/schema.ts';
import { operationOf, operations, prepare } from './scenarios/play.ts';
import { scenarios, successOf } from './scenarios/scenarios.ts';
import { type Answer, type Face, startFace } from './support/locations.ts';
import { violationsOf } from './support/published.ts';

let face: Face;

beforeAll(async () => {
  face = await startFace();
});
afterAll(() => face.stop());

/** No shape is published. */
const UNPUBLISHED = ['list-order-notes'];

/** What holds for every answer of the face, whatever the operation (contract 1.7). */
function checkAnswer({ name, success, response }: HighLevelDeclaration, answer: Answer): void {
  const { status, body } = answer;
  expect(answer.headers.get('x-request-id')).not.toBeNull();
  if (status >= 300) {
    expect(body).toMatchObject({ statusCode: status, status, name: 'HttpException' });
    expect(Object.keys(body).toSorted()).toEqual(
      ['error', 'message', 'name', 'status', 'statusCode', 'traceId'].toSorted(),
    );
    return;
  }
  expect(status).toBe(success);
  expect(z.safeParse(response, body).error?.issues).toBeUndefined();
  if (!UNPUBLISHED.includes(name)) expect(violationsOf(publishedName(name), body)).toEqual([]);
}

/** The published document calls two operations otherwise. */
const publishedName = (name: string) => PUBLISHED_NAMES[name] ?? name;
const PUBLISHED_NAMES: Record<string, string> = {
  'create-integration-provider': 'create-integration provider',
  'update-capabilities': 'custom-provider-marketplace-app-update-capabilities',
};

describe.each(operations)('$name', ({ name }) => {
  const own = scenarios.filter((one) => one.request.operation === name);

  test.each(own)('$title', async (scenario) => {
    const { send, resolve } = await prepare(scenario, face);
    const answer = await send();
    expect(answer.status, JSON.stringify(answer.body)).toBe(scenario.status);
    checkAnswer(operationOf(name), answer);
    expect(answer.body).toMatchObject(resolve(scenario.body ?? {}));
  });
});

test.each(operations.filter(({ body }) => body !== undefined))(
  '$name is lenient about fields that nobody knows',
  async (operation) => {
    const { send } = await prepare(successOf(operation.name), face);
    const answer = await send({ fields: { unknown_field: 1, note: null } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(operation.success);
    checkAnswer(operation, answer);
  },
);

/** Only a race and a list of very many bring these about. */
const ELSEWHERE = ['write_conflict', 'list_being_counted'];

const promised = operations.flatMap((operation) => {
  const errors = ownErrorsOf(operation, HIGHLEVEL, new SchemaWriter(HIGHLEVEL.shapes, {}));
  const played = errors.filter(({ code }) => !ELSEWHERE.includes(code));
  const statuses = new Set([operation.success, ...played.map(({ status }) => status)]);
  return [...statuses].map((status) => ({ name: operation.name, status }));
});

test.each(promised)('there is a scenario in which $name answers $status', ({ name, status }) => {
  const found = scenarios.some((one) => one.request.operation === name && one.status === status);
  expect(found).toBe(true);
});
