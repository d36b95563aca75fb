import { gunzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { pack, unpack } from './compression.ts';
import type { Key } from './keys.ts';
import { SCHEMA_VERSION, upgrade } from './schema.ts';

/** DynamoDB counts writes by the kilobyte: from here on, compression may save one. */
const MAX_PLAIN_CHARACTERS = 600;

/** An item as DynamoDB takes it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * An item: its key, its value as one JSON text, the version of the schema it was written with, and
 * the attributes that conditions and indexes look at. One text is smaller and several times faster
 * to encode than nested attribute values; a long one is compressed.
 */
export function item(key: Key, value: object, extra: Attributes = {}): Attributes {
  const text = JSON.stringify(value);
  const data: Attributes =
    text.length > MAX_PLAIN_CHARACTERS ? { packed: { B: pack(text) } } : { data: { S: text } };
  return { ...keyOf(key), v: { N: String(SCHEMA_VERSION) }, ...data, ...extra };
}

export function keyOf(key: Key): Attributes {
  return { pk: { S: key.pk }, sk: { S: key.sk } };
}

/** The value of an item that any version of this store wrote, or null when there is none. */
export function valueIn<T>(attributes: Attributes | undefined): T | null {
  const text = textIn(attributes);
  if (attributes === undefined || text === undefined) return null;
  const schema = Number(attributes.v?.N ?? 0);
  const key = { pk: attributes.pk?.S ?? '', sk: attributes.sk?.S ?? '' };
  const value = upgrade(key, schema, JSON.parse(text));
  // One that was deleted and made again goes on counting; see `overDeletion`.
  if (attributes.version !== undefined && 'version' in value) {
    value.version = Number(attributes.version.N);
  }
  return value as T;
}

/** The values of items that this store wrote. */
export function valuesIn<T>(items: readonly Attributes[]): T[] {
  return items.map((one) => valueIn<T>(one)).filter((value) => value !== null);
}

/** The JSON text of an item, however it is kept. */
export function textIn(attributes: Attributes | undefined): string | undefined {
  const { packed, zipped, data } = attributes ?? {};
  if (packed?.B !== undefined) return unpack(packed.B);
  // Until version 1, long texts were compressed without a dictionary.
  return zipped?.B === undefined ? data?.S : gunzipSync(zipped.B).toString('utf8');
}
