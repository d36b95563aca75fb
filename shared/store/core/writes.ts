import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Attributes, item, keyOf } from './items.ts';
import type { Key } from './keys.ts';

/** Writes a version of an entity, if nobody has written it since the one before. */
export function putVersion(
  table: string,
  attributes: Attributes,
  version: number,
): TransactWriteItem {
  return { Put: { TableName: table, Item: attributes, ...versionIs(version - 1) } };
}

/** Deletes an entity, if nobody has written it since this version. */
export function deleteVersion(table: string, key: Key, version: number): TransactWriteItem {
  return { Delete: { TableName: table, Key: keyOf(key), ...versionIs(version) } };
}

/** Writes the value of an item anew and leaves its other attributes, such as those of indexes, alone. */
export function rewrite(table: string, key: Key, value: object) {
  const { packed, data } = item(key, value);
  const [name, text, other] =
    packed === undefined ? ['data', data, 'packed'] : ['packed', packed, 'data'];
  if (text === undefined) throw new Error('An item has a value');
  return {
    TableName: table,
    Key: keyOf(key),
    UpdateExpression: 'SET #name = :value REMOVE #other',
    ExpressionAttributeNames: { '#name': name, '#other': other },
    ExpressionAttributeValues: { ':value': text },
  };
}

/** The same for a version of an entity, if nobody has written it since the one before. */
export function rewriteVersion(
  table: string,
  key: Key,
  value: { version: number },
): TransactWriteItem {
  const update = rewrite(table, key, value);
  return {
    Update: {
      ...update,
      UpdateExpression: 'SET #name = :value, #version = :next REMOVE #other',
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { ...update.ExpressionAttributeNames, '#version': 'version' },
      ExpressionAttributeValues: {
        ...update.ExpressionAttributeValues,
        ':next': { N: String(value.version) },
        ':before': { N: String(value.version - 1) },
      },
    },
  };
}

/** The condition that an entity has a version; 0 when there is none yet. */
export function versionIs(version: number) {
  if (version === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  };
}
