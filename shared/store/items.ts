import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Key } from './keys.ts';

/** An item as DynamoDB takes it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * An item: its key, its value as one JSON text, and the attributes that conditions and indexes
 * look at. One text is smaller and several times faster to encode than nested attribute values.
 */
export function item(key: Key, value: object, extra: Attributes = {}): Attributes {
  return { ...keyOf(key), data: { S: JSON.stringify(value) }, ...extra };
}

export function keyOf(key: Key): Attributes {
  return { pk: { S: key.pk }, sk: { S: key.sk } };
}

/** The value of an item that this store wrote, or null when there is none. */
export function valueIn<T>(attributes: Attributes | undefined): T | null {
  return attributes?.data?.S === undefined ? null : (JSON.parse(attributes.data.S) as T);
}
