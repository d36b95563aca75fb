import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { keyOf } from '#store/core/items.ts';
import { referenceKey } from './order-keys.ts';

/** Of all orders with a reference one can be paid: the item says which. */
export function referenceWrite(
  table: string,
  tenant: Tenant,
  change: ChangeOf<'reference_claimed'> | ChangeOf<'reference_released'>,
): TransactWriteItem {
  const target = { TableName: table, Key: keyOf(referenceKey(tenant, change.reference)) };
  const isFree = 'attribute_not_exists(#holder) OR #holder = :order';
  const values = {
    ExpressionAttributeNames: { '#holder': 'holder' },
    ExpressionAttributeValues: { ':order': { S: change.order } },
  };
  switch (change.change) {
    case 'reference_claimed': {
      const UpdateExpression = 'SET #holder = :order';
      return { Update: { ...target, UpdateExpression, ConditionExpression: isFree, ...values } };
    }
    case 'reference_released': {
      const UpdateExpression = 'REMOVE #holder';
      const ConditionExpression = '#holder = :order';
      return { Update: { ...target, UpdateExpression, ConditionExpression, ...values } };
    }
  }
}

export async function readHolder(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  reference: string,
): Promise<Uuid | null> {
  const key = referenceKey(tenant, reference);
  const found = await batchGet(client, table, [key]);
  return found.get(nameOf(key))?.holder?.S ?? null;
}
