import { randomBytes } from 'node:crypto';
import type { Put } from '@aws-sdk/client-dynamodb';
import { type Attributes, keyOf } from './items.ts';
import type { Key } from './keys.ts';

/** Longer than anything that was sent is on its way. */
const KEPT_SECONDS = 24 * 3600;

/**
 * What stands for a while in the place of an item that was deleted: it has no value, and a version
 * that the item never had. So nothing that was once sent to make, change or delete the item does
 * anything when it arrives late. It costs what the deletion would cost.
 */
export function goneAttributes(key: Key, version: number | null = null): Attributes {
  const expiresAt = Math.floor(Date.now() / 1000) + KEPT_SECONDS;
  return {
    ...keyOf(key),
    gone: { S: randomBytes(12).toString('base64url') },
    expiresAt: { N: String(expiresAt) },
    ...(version === null ? {} : { version: { N: String(version) } }),
  };
}

/** Whether an item stands for one that was deleted. */
export function isGone(attributes: Attributes | undefined): attributes is Attributes {
  return attributes?.gone !== undefined;
}

/**
 * A write that makes an item, made one that does so in the place of this very deletion. The item
 * goes on counting its versions, so that none of them is one that it had before.
 */
export function overDeletion(put: Put, deletion: Attributes): Put {
  const { gone, version } = deletion;
  if (gone === undefined) throw new Error('There is no deletion');
  const next = { version: { N: String(Number(version?.N) + 1) } };
  return {
    ...put,
    Item: { ...put.Item, ...(version === undefined ? {} : next) },
    ...OVER_DELETION,
    ExpressionAttributeValues: { ':gone': gone },
  };
}

/** The condition of a write that makes an item where one was deleted. */
export const OVER_DELETION = {
  ConditionExpression: '#gone = :gone',
  ExpressionAttributeNames: { '#gone': 'gone' },
};
