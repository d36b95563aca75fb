import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Attributes, keyOf } from './items.ts';
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

function versionIs(version: number) {
  if (version === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  };
}
