import type { Schema } from '../schema.ts';

/**
 * What fields of operations, and of shapes that answers share, mean: by their names: `amount`; in an
 * object or a list by the end of their paths, where the name alone would not do:
 * `payments[].operative`. `refundPayment.amount` is what it means in one operation. The
 * declarations do not carry these texts: they would be in every function's bundle.
 */
export type FieldTexts = Readonly<Record<string, string>>;

/** The key of the text for the field at a path of an operation; undefined when nobody wrote one. */
export function keyOf(texts: FieldTexts, operation: string, path: string): string | undefined {
  const steps = path.split('.');
  const ends = steps.map((_, index) => steps.slice(index).join('.'));
  return [`${operation}.${path}`, ...ends].find((key) => texts[key] !== undefined);
}

/** The texts of an object's fields that is found at several places, such as alone and in a list. */
export function inEach(places: readonly string[], texts: FieldTexts): FieldTexts {
  const entries = places.flatMap((place) =>
    Object.entries(texts).map(([name, text]) => [`${place}.${name}`, text] as const),
  );
  return Object.fromEntries(entries);
}

/** The texts of fields that mean in answers what they mean in requests. */
export function sameAs(texts: FieldTexts, names: readonly string[]): FieldTexts {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => names.includes(name)));
}

/** What the field at a path of an operation means. */
export function textOf(texts: FieldTexts, operation: string, path: string): string | undefined {
  return texts[keyOf(texts, operation, path) ?? ''];
}

/** The schema of an operation's body or answer with a description of each field, however deep. */
export function describeFields(
  schema: Schema,
  texts: FieldTexts,
  operation: string,
  at = '',
): Schema {
  const describe = (inner: Schema, path: string) => describeFields(inner, texts, operation, path);
  const { properties, items, anyOf, additionalProperties: values } = schema;
  const described = Object.entries(properties ?? {}).map(([name, property]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return [
      name,
      { ...describe(property, path), description: textOf(texts, operation, path) },
    ] as const;
  });
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(described) }),
    // One of several shapes, or nothing.
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.map((one) => describe(one, at)) } : {}),
    ...(isSchema(items) ? { items: describe(items, `${at}[]`) } : {}),
    // An object that has any names.
    ...(isSchema(values) ? { additionalProperties: describe(values, `${at}{}`) } : {}),
  };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
