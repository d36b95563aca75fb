import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Key } from './keys.ts';

/**
 * Longer texts are kept compressed: an item holds 400 KB, and what is long here (orders with many
 * transactions, and the answers that were made of them) says the same again and again.
 */
const MAX_PLAIN_CHARACTERS = 32 * 1024;

/** An item as DynamoDB takes it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * An item: its key, its value as one JSON text, and the attributes that conditions and indexes
 * look at. One text is smaller and several times faster to encode than nested attribute values.
 */
export function item(key: Key, value: object, extra: Attributes = {}): Attributes {
  const text = JSON.stringify(value);
  const data: Attributes =
    text.length > MAX_PLAIN_CHARACTERS ? { zipped: { B: gzipSync(text) } } : { data: { S: text } };
  return { ...keyOf(key), ...data, ...extra };
}

/** An item whose value is kept compressed, whatever its length. */
export function zippedItem(key: Key, value: object, extra: Attributes = {}): Attributes {
  return { ...keyOf(key), zipped: { B: gzipSync(JSON.stringify(value)) }, ...extra };
}

export function keyOf(key: Key): Attributes {
  return { pk: { S: key.pk }, sk: { S: key.sk } };
}

/** The value of an item that this store wrote, or null when there is none. */
export function valueIn<T>(attributes: Attributes | undefined): T | null {
  const zipped = attributes?.zipped?.B;
  const text = zipped === undefined ? attributes?.data?.S : gunzipSync(zipped).toString('utf8');
  return text === undefined ? null : (JSON.parse(text) as T);
}

/** The values of items that this store wrote. */
export function valuesIn<T>(items: readonly Attributes[]): T[] {
  return items.map((one) => valueIn<T>(one)).filter((value) => value !== null);
}
