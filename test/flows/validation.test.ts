import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { PaylandsDeclaration } from '#faces/paylands/declaration.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import type { Answer } from '#test/support/client.ts';
import { type Effects, watchEffects } from '#test/support/effects.ts';
import { httpCall } from '#test/support/http-call.ts';
import { scan } from '#test/support/scan.ts';
import { type Stack, startStack } from '#test/support/stack.ts';
import { type FieldPath, fieldsOf, nameOf, withField } from './fields-of.ts';
import { HOSTILE, HOSTILE_BODIES, HOSTILE_TEXTS, type Hostile, PAN } from './hostile.ts';
import { operations, type Prepared, prepare, send } from './play.ts';
import { REQUIRED } from './required.ts';
import { successOf } from './scenarios.ts';
import { CVV, captureOutputs, secretsIn } from './secrets.ts';

let stack: Stack;
let effects: Effects;
const outputs = captureOutputs();
/** Everything that was answered to bad input. */
const answered: string[] = [];

beforeAll(async () => {
  effects = watchEffects();
  stack = await startStack({
    settings: { LOG_LEVEL: 'debug', MOTO_LINKS_PER_SECOND: '1000' },
    remembers: true,
  });
});
afterAll(async () => {
  await stack.stop();
  effects.stop();
  outputs.restore();
});

interface Field {
  operation: PaylandsDeclaration;
  name: string;
  path: FieldPath;
}

const bodyFields: Field[] = operations.flatMap((operation) =>
  operation.body === undefined
    ? []
    : fieldsOf(operation.body).map((path) => ({
        operation,
        path,
        name: `${operation.name} ${nameOf(path)}`,
      })),
);

const queryFields = operations.flatMap((operation) =>
  operation.query === undefined
    ? []
    : fieldsOf(operation.query).map(([field = '']) => ({
        operation,
        field: String(field),
        name: `${operation.name} ${field}`,
      })),
);

async function sendBody(prepared: Prepared, body: unknown): Promise<Answer> {
  const answer = await send(stack.demo, { ...prepared, body: body as Prepared['body'] });
  answered.push(answer.text);
  return answer;
}

/** Refused with the documented status and the name of the field. */
function expectRefused({ status, text, body }: Answer, field: string, label: string): void {
  expect(status, `${label}: ${text}`).toBe(400);
  if (label === 'a deep object') return;
  // What a card is validated with is only required when it is to be validated, and so on.
  const named = field
    .replace(/validate$/, '(validate|service)')
    .replace(/trial_available$/, '(trial_available|interval_offset)')
    .replace(/[[\]]/g, '\\$&');
  expect(body.details, label).toMatch(new RegExp(`Field ${named}\\b.* is `));
}

test('every operation with a body or a query is looked at', () => {
  expect(queryFields).not.toEqual([]);
  expect(Object.keys(REQUIRED).toSorted()).toEqual(
    [...new Set(bodyFields.map(({ operation }) => operation.name))].toSorted(),
  );
});

/** Fields that are lists of text. */
const TEXT_LISTS = ['removeColorListItems items'];

describe('a field of a body', () => {
  test.each(bodyFields)('$name takes no bad value', async ({ operation, path }) => {
    const field = nameOf(path);
    const schema = operation.body as z.ZodMiniType;
    const prepared = await prepare(successOf(operation.name), stack.demo);
    const cases = [...HOSTILE, { label: 'a card number', value: PAN }].map((hostile) => {
      const body = JSON.parse(JSON.stringify(withField(prepared.body, path, hostile.value)));
      const accepted = hostile.label !== 'a deep object' && z.safeParse(schema, body).success;
      return { ...hostile, body, accepted };
    });
    await effects.takeOf(operation.name);
    for (const { label, body } of cases.filter(({ accepted }) => !accepted)) {
      expectRefused(await sendBody(prepared, body), field, label);
    }
    expect(await effects.takeOf(operation.name), 'nothing changed').toEqual([]);

    const isRequired = REQUIRED[operation.name]?.includes(field) ?? false;
    for (const { label, value, always, accepted } of cases) {
      const isList =
        TEXT_LISTS.includes(`${operation.name} ${field}`) && label === 'a list of text';
      if (always === true) expect(accepted, label).toBe(isList);
      if (value === undefined) expect(accepted, label).toBe(!isRequired);
    }
    // A card number may be taken for text, which is the merchant's own mistake to store.
    for (const { label, body } of cases.filter(({ accepted }) => accepted)) {
      if (label === 'a card number') continue;
      const answer = await sendBody(prepared, body);
      expect(answer.status, `${label}: ${answer.text}`).toBeLessThan(500);
      expect(answer.body.details ?? '', label).not.toContain('Field ');
    }
  });
});

describe('a filter', () => {
  test.each(queryFields)('$name takes no bad value', async ({ operation, field }) => {
    const prepared = await prepare(successOf(operation.name), stack.demo);
    const [path = ''] = prepared.path.split('?');
    for (const { label, value } of HOSTILE_TEXTS as Hostile[]) {
      const query = new URLSearchParams([[field, String(value)]]);
      const accepted = z.safeParse(operation.query as z.ZodMiniType, { [field]: value }).success;
      const answer = await send(stack.demo, { ...prepared, path: `${path}?${query}` });
      answered.push(answer.text);
      if (accepted) expect(answer.status, label).toBe(200);
      else expectRefused(answer, field, label);
    }
    const twice = await send(stack.demo, { ...prepared, path: `${path}?${field}=1&${field}=2` });
    expect(twice.status).toBeLessThan(500);
  });
});

const NAMED_BY_MERCHANTS =
  /^(listCustomer(Cards|Banks)|getCustomerProfile|(get|delete)Subscription(Plan|Product))$/;

describe('a path', () => {
  const withPath = operations.filter(({ path }) => path !== undefined);

  test.each(withPath)('$name takes no bad value', async ({ name, body, routes: [route] }) => {
    // Any text can be a merchant's own id, and other tests made some of such ids.
    const statuses = NAMED_BY_MERCHANTS.test(name) ? [200, 404] : [404];
    const [method = '', template = ''] = route.split(' ');
    for (const { label, value } of HOSTILE_TEXTS) {
      const path = template.replace(/\{\w+\}/, encodeURIComponent(String(value)));
      if (value === '') continue;
      const answer = await stack.demo.send(method, path, body === undefined ? undefined : {});
      answered.push(answer.text);
      expect(statuses, label).toContain(answer.status);
    }
    for (const broken of ['%', '%zz', '%ff', '%c0%80']) {
      const answer = await stack.demo.send(method, template.replace(/\{\w+\}/, broken), undefined);
      expect(answer.status, broken).toBeLessThan(500);
    }
  });
});

describe('a body', () => {
  const mutating = operations.filter(({ body }) => body !== undefined);

  test.each(mutating)('of $name that is no object is refused', async (operation) => {
    const { routes, body: schema, maxBodyBytes } = operation;
    const [method = '', route = ''] = routes[0].split(' ');
    const path = route.replace(/\{\w+\}/g, mintUuid(Date.now()));
    const needsNothing = z.safeParse(schema as z.ZodMiniType, {}).success;
    const bodies = HOSTILE_BODIES.filter(({ isObject }) => !(needsNothing && isObject));
    const { baseUrl, apiKey } = stack.demo.credentials;
    await effects.takeOf(operation.name);
    for (const { label, body, type = 'application/json', ...refused } of bodies) {
      // What is too large for others may only be not valid for one that takes files.
      const status = maxBodyBytes === undefined ? (refused.status ?? 400) : 400;
      const headers = { authorization: apiKey, 'content-type': type };
      const answer = await httpCall(baseUrl + path, { method, headers, body });
      answered.push(answer.text);
      expect(answer.status, `${label}: ${answer.text}`).toBe(status);
      expect(JSON.parse(answer.text), label).toMatchObject({ code: status });
    }
    expect(await effects.takeOf(operation.name), 'nothing changed').toEqual([]);
  });

  test('is taken with any content type, names of every object included', async () => {
    const { baseUrl, apiKey, signature } = stack.demo.credentials;
    const fields = '"amount":1,"operative":"AUTHORIZATION","description":"x"';
    const nested = '"extra_data":{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}';
    const body = `{"signature":"${signature}",${fields},${nested},"__proto__":{"amount":2}}`;
    for (const type of ['text/plain', 'application/octet-stream', 'application/json;charset=x']) {
      const headers = { authorization: apiKey, 'content-type': type };
      const answer = await httpCall(`${baseUrl}/payment`, { method: 'POST', headers, body });
      expect(answer.status, answer.text).toBe(200);
      expect(JSON.parse(answer.text).order.amount).toBe(1);
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

test('a card with a CVV that is refused leaves no trace', async () => {
  const prepared = await prepare(successOf('saveCard'), stack.demo);
  for (const wrong of [
    { card_expiry_month: 13 },
    { card_pan: '4548812049400005' },
    { service: 1 },
  ]) {
    const body = { ...prepared.body, card_cvv: CVV, validate: true, ...wrong };
    expect((await sendBody(prepared, body)).status).toBe(400);
  }
  await sendBody(prepared, { ...prepared.body, card_cvv: CVV });
});

test('nothing secret was logged, answered or stored through all of this', async () => {
  const { apiKey, signature } = stack.demo.credentials;
  const items = [...(await scan('ledger')), ...(await scan('access'))];
  expect(answered.length).toBeGreaterThanOrEqual(bodyFields.length * HOSTILE.length);
  expect(outputs.text().split('\n').length).toBeGreaterThanOrEqual(answered.length);
  for (const text of [outputs.text(), answered.join('\n'), JSON.stringify(items)]) {
    expect(secretsIn(text, [apiKey, signature])).toEqual([]);
  }
  expect(outputs.text()).not.toContain('"level":"error"');
});
