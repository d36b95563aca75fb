import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMutating } from '#operation/declare/grants.ts';
import { type Effects, watchEffects } from '#test/support/effects.ts';
import { once } from '#test/support/once.ts';
import { operationOf, operations, prepare } from './scenarios/play.ts';
import { scenarios, successOf } from './scenarios/scenarios.ts';
import { type Face, startFace } from './support/locations.ts';

let face: Face;
let effects: Effects;

beforeAll(async () => {
  effects = watchEffects();
  face = await startFace();
});
afterAll(async () => {
  await face.stop();
  effects.stop();
});

const examples = scenarios.filter(({ request }) => isMutating(operationOf(request.operation)));

test.each(examples)('a repeated key repeats the answer and nothing else: $title', async (one) => {
  const { operation } = one.request;
  const { send } = await prepare(one, face);
  await effects.takeOf(operation);
  const first = await send({ key: 'once' });
  expect(first.status).toBe(one.status);
  expect(first.headers.has('idempotent-replayed')).toBe(false);
  // What failed validation is not kept, so it is answered anew.
  const isKept = (await effects.takeOf(operation)).length > 0;
  expect(isKept || first.status === 422).toBe(true);
  const second = await send({ key: 'once' });
  expect(second.status).toBe(first.status);
  expect(second.headers.get('idempotent-replayed')).toBe(isKept ? 'true' : null);
  const [{ traceId: _one, ...said }, { traceId: _other, ...again }] = [first.body, second.body];
  expect(isKept ? second.body : again).toEqual(isKept ? first.body : said);
  expect(await effects.takeOf(operation)).toEqual([]);
});

describe.each(operations.filter(isMutating))('$name', ({ name, success }) => {
  /** For what is refused, and leaves it as it is. */
  const refused = once(() => prepare(successOf(name), face));

  test('refuses a key that was used with another payload', async () => {
    const { send } = await prepare(successOf(name), face);
    await effects.takeOf(name);
    expect((await send({ key: 'once' })).status).toBe(success);
    expect(await effects.takeOf(name)).not.toEqual([]);
    const answer = await send({ key: 'once', fields: { unknown_field: 1 } });
    expect(answer).toMatchObject({
      status: 422,
      body: { message: 'Idempotency-Key was used with another payload' },
    });
    expect(await effects.takeOf(name)).toEqual([]);
  });

  test.each([
    { problem: 'empty', key: '' },
    { problem: 'longer than 255', key: 'k'.repeat(256) },
    { problem: 'with a tab', key: 'a\tb' },
  ])('refuses a key that is $problem', async ({ key }) => {
    const { send } = await refused();
    await effects.takeOf(name);
    expect(await send({ key })).toMatchObject({
      status: 400,
      body: { message: 'Idempotency-Key is not valid' },
    });
    expect(await effects.takeOf(name)).toEqual([]);
  });

  test('does not keep what failed authentication', async () => {
    const { send } = await refused();
    expect((await send({ key: 'once', token: 'pit-unknown' })).status).toBe(401);
    const answer = await send({ key: 'once' });
    expect(answer.status).toBe(success);
    expect(answer.headers.has('idempotent-replayed')).toBe(false);
  });
});

test('a key of one location means nothing to another', async () => {
  const one = await prepare(successOf('create-coupon'), face);
  const other = await prepare(successOf('create-coupon'), face);
  const [first, second] = [await one.send({ key: 'shared' }), await other.send({ key: 'shared' })];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body._id).not.toBe(first.body._id);
});
