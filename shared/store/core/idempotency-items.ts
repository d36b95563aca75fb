import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Aggregate } from './aggregate.ts';
import { item } from './items.ts';
import { type Key, prefix } from './keys.ts';

const recordKey = (tenant: Tenant, id: string): Key => ({
  pk: `${prefix(tenant)}#REPLAY#${id}`,
  sk: 'REPLAY',
});

/**
 * The key is free when nothing is stored under it, when what is stored has expired (DynamoDB
 * deletes expired items days late), or when the same attempt has started with it.
 */
function recordWrite(
  table: string,
  tenant: Tenant,
  { record, nowMs }: ChangeOf<'idempotency_recorded'>,
): TransactWriteItem {
  const nowSeconds = Math.floor(nowMs / 1000);
  return {
    Put: {
      TableName: table,
      Item: item(recordKey(tenant, record.id), record, {
        expiresAt: { N: String(record.expiresAt) },
        attempt: { S: record.attempt },
        state: { S: record.state },
      }),
      ConditionExpression:
        'attribute_not_exists(pk) OR #expiresAt < :now OR (#attempt = :attempt AND #state = :started)',
      ExpressionAttributeNames: {
        '#expiresAt': 'expiresAt',
        '#attempt': 'attempt',
        '#state': 'state',
      },
      ExpressionAttributeValues: {
        ':now': { N: String(nowSeconds) },
        ':attempt': { S: record.attempt },
        ':started': { S: 'started' },
      },
    },
  };
}

export const idempotency = {
  writes: {
    idempotency_recorded: (table, tenant, change) => [recordWrite(table, tenant, change)],
  },
  places: { replay: recordKey },
} satisfies Aggregate;
