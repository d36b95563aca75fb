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
  requestBody?: { content: Record<string, { schema: Schema }> };
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
  const { properties = {}, items, anyOf = [] } = schema;
  for (const [name, property] of Object.entries(properties)) {
    const path = at === '' ? name : `${at}.${name}`;
    yield { path, description: property.description };
    yield* fieldsIn(property, path);
  }
  for (const one of anyOf as Schema[]) yield* fieldsIn(one, at);
  if (items !== undefined) yield* fieldsIn(items as Schema, `${at}[]`);
}

/** The fields of the shapes that answers share, as if each shape were an operation. */
function answerFieldsOf(face: 'paylands' | 'highlevel'): Field[] {
  const shapes = Object.entries(documents[face].components.schemas) as [string, Schema][];
  return shapes.flatMap(([operation, shape]) =>
    [...fieldsIn(shape)].map((field) => ({ operation, ...field })),
  );
}

function fieldsOf(face: 'paylands' | 'highlevel'): Field[] {
  const operations = Object.values(documents[face].paths).flatMap((one) => Object.values(one));
  return (operations as unknown as Described[]).flatMap((one) => {
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

test('a field means what its operation says, else what its path says, else its name', () => {
  const texts = { amount: 'name', 'rows[].amount': 'path', 'refund.amount': 'operation' };
  expect(keyOf(texts, 'refund', 'amount')).toBe('refund.amount');
  expect(keyOf(texts, 'pay', 'rows[].amount')).toBe('rows[].amount');
  expect(keyOf(texts, 'pay', 'cards[].amount')).toBe('amount');
  expect(keyOf(texts, 'pay', 'other')).toBeUndefined();
});

test('a field that nobody has described stays without a description', () => {
  const schema = { properties: { known: {}, unknown: { type: 'string' } } };
  const { properties } = describeFields(schema, { known: 'Known.' }, 'pay');
  expect(properties?.known?.description).toBe('Known.');
  expect(properties?.unknown?.description).toBeUndefined();
});
