import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { goneAttributes } from './deleted.ts';
import { type Attributes, item, keyOf } from './items.ts';
import type { Key } from './keys.ts';
import { SCHEMA_VERSION } from './schema.ts';

/** Writes a version of an entity, if nobody has written it since the one before. */
export function putVersion(
  table: string,
  attributes: Attributes,
  version: number,
): TransactWriteItem {
  return { Put: { TableName: table, Item: attributes, ...versionIs(version - 1) } };
}

/** Deletes an entity, if nobody has written it since this version; see `goneAttributes`. */
export function deleteVersion(table: string, key: Key, version: number): TransactWriteItem {
  const Item = goneAttributes(key, version + 1);
  return { Put: { TableName: table, Item, ...versionIs(version) } };
}

const SET_VALUE = 'SET #name = :value, #schema = :schema';
const REMOVE_OTHER = 'REMOVE #other, #zipped';

/** Writes the value of an item anew and leaves its other attributes, such as those of indexes, alone. */
export function rewrite(table: string, key: Key, value: object) {
  const { packed, data } = item(key, value);
  const [name, text, other] =
    packed === undefined ? ['data', data, 'packed'] : ['packed', packed, 'data'];
  if (text === undefined) throw new Error('An item has a value');
  return {
    TableName: table,
    Key: keyOf(key),
    UpdateExpression: `${SET_VALUE} ${REMOVE_OTHER}`,
    ExpressionAttributeNames: {
      '#name': name,
      '#other': other,
      // What versions of the schema before this one had.
      '#zipped': 'zipped',
      '#schema': 'v',
    },
    ExpressionAttributeValues: { ':value': text, ':schema': { N: String(SCHEMA_VERSION) } },
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
      UpdateExpression: `${SET_VALUE}, #version = :next ${REMOVE_OTHER}`,
      ConditionExpression: '#version = :before',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ExpressionAttributeNames: { ...update.ExpressionAttributeNames, '#version': 'version' },
      ExpressionAttributeValues: {
        ...update.ExpressionAttributeValues,
        ':next': { N: String(value.version) },
        ':before': { N: String(value.version - 1) },
      },
    },
  };
}

/** The condition of a write that makes an item. */
export const NOTHING_THERE = 'attribute_not_exists(pk)';

/** The condition that an entity has a version; 0 when there is none yet. */
function versionIs(version: number) {
  if (version === 0) return { ConditionExpression: NOTHING_THERE };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  };
}
