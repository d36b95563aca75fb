import { describe, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { documentsOf } from '#infra/openapi/document.ts';
import { HIGHLEVEL_ANSWERS, PAYLANDS_ANSWERS } from '#infra/openapi/fields/answers.ts';
import { HIGHLEVEL_FIELDS } from '#infra/openapi/fields/highlevel.ts';
import { PAYLANDS_FIELDS } from '#infra/openapi/fields/paylands.ts';
import { describeFields, keyOf } from '#infra/openapi/fields/texts.ts';
import type { Schema } from '#infra/openapi/schema.ts';

interface Described {
  operationId: string;
  parameters?: { $ref?: string; name: string; description?: string }[];
  requestBody?: Bodies;
  responses: Record<string, Bodies>;
}

interface Bodies {
  content?: Record<string, { schema: Schema }>;
}

interface Field {
  operation: string;
  path: string;
  description: unknown;
}

const declarations = functionsOf(catalog, 'operation').map((one) => one.declaration);
const documents = documentsOf(declarations);

/** The fields of a body, those of objects and lists in it included. */
function* fieldsIn(schema: Schema, at = ''): Generator<Omit<Field, 'operation'>> {
  const { properties = {}, items, anyOf = [], additionalProperties: values } = schema;
  for (const [name, property] of Object.entries(properties)) {
    const path = at === '' ? name : `${at}.${name}`;
    yield { path, description: property.description };
    yield* fieldsIn(property, path);
  }
  for (const one of anyOf as Schema[]) yield* fieldsIn(one, at);
  if (items !== undefined) yield* fieldsIn(items as Schema, `${at}[]`);
  if (typeof values === 'object') yield* fieldsIn(values as Schema, `${at}{}`);
}

function operationsOf(face: 'paylands' | 'highlevel'): Described[] {
  const operations = Object.values(documents[face].paths).flatMap((one) => Object.values(one));
  return operations as unknown as Described[];
}

/** The fields of answers, and of the shapes that they share as if each shape were an operation. */
function answerFieldsOf(face: 'paylands' | 'highlevel'): Field[] {
  const shapes = Object.entries(documents[face].components.schemas) as [string, Schema][];
  const answers = operationsOf(face).flatMap(({ operationId, responses }) =>
    Object.values(responses)
      .flatMap(({ content = {} }) => Object.values(content))
      .map(({ schema }) => [operationId, schema] as const),
  );
  return [...shapes, ...answers].flatMap(([operation, shape]) =>
    [...fieldsIn(shape)].map((field) => ({ operation, ...field })),
  );
}

function fieldsOf(face: 'paylands' | 'highlevel'): Field[] {
  return operationsOf(face).flatMap((one) => {
    const { operationId: operation, parameters = [], requestBody } = one;
    const own = parameters.filter(({ $ref }) => $ref === undefined);
    const bodies = Object.values(requestBody?.content ?? {});
    return [
      ...own.map(({ name, description }) => ({ operation, path: name, description })),
      ...bodies.flatMap(({ schema }) => [...fieldsIn(schema)].map((f) => ({ operation, ...f }))),
    ];
  });
}

describe.each([
  { of: "paylands' requests", fields: fieldsOf('paylands'), texts: PAYLANDS_FIELDS },
  { of: "highlevel's requests", fields: fieldsOf('highlevel'), texts: HIGHLEVEL_FIELDS },
  { of: "paylands' answers", fields: answerFieldsOf('paylands'), texts: PAYLANDS_ANSWERS },
  { of: "highlevel's answers", fields: answerFieldsOf('highlevel'), texts: HIGHLEVEL_ANSWERS },
])('the fields of $of', ({ fields, texts }) => {
  test('all have a description, a sentence', () => {
    expect(new Set(fields.map(({ path }) => path)).size).toBeGreaterThan(50);
    const without = fields.filter(({ description }) => !/^.{8,}\.$/.test(String(description)));
    expect(without).toEqual([]);
  });

  test('are the only ones that have a text', () => {
    const used = new Set(fields.map(({ operation, path }) => keyOf(texts, operation, path)));
    expect(Object.keys(texts).filter((key) => !used.has(key))).toEqual([]);
  });
});

test('a field means what its operation says, else what most of its path says, else its name', () => {
  const texts = { amount: 'name', 'rows[].amount': 'path', 'refund.amount': 'operation' };
  expect(keyOf(texts, 'refund', 'amount')).toBe('refund.amount');
  expect(keyOf(texts, 'pay', 'rows[].amount')).toBe('rows[].amount');
  expect(keyOf(texts, 'pay', 'page.rows[].amount')).toBe('rows[].amount');
  expect(keyOf(texts, 'pay', 'cards[].amount')).toBe('amount');
  expect(keyOf(texts, 'pay', 'other')).toBeUndefined();
});

test('a field of any of the named objects in an object is described too', () => {
  const schema = { additionalProperties: { properties: { known: {} } } };
  const { additionalProperties } = describeFields(schema, { '{}.known': 'Known.' }, 'pay');
  expect(additionalProperties).toEqual({ properties: { known: { description: 'Known.' } } });
});

test('a field that nobody has described stays without a description', () => {
  const schema = { properties: { known: {}, unknown: { type: 'string' } } };
  const { properties } = describeFields(schema, { known: 'Known.' }, 'pay');
  expect(properties?.known?.description).toBe('Known.');
  expect(properties?.unknown?.description).toBeUndefined();
});
