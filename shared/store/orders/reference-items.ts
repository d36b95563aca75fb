import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import { keyOf } from '#store/core/items.ts';
import { referenceKey } from './order-keys.ts';

/** Of all orders with a reference one can be paid: the item says which. */
export function referenceWrite(
  table: string,
  tenant: Tenant,
  change:
    | ChangeOf<'reference_claimed'>
    | ChangeOf<'reference_released'>
    | ChangeOf<'reference_checked'>,
): TransactWriteItem {
  const target = { TableName: table, Key: keyOf(referenceKey(tenant, change.reference)) };
  const ExpressionAttributeNames = { '#holder': 'holder' };
  if (change.change === 'reference_checked') {
    return {
      ConditionCheck: {
        ...target,
        ConditionExpression: 'attribute_not_exists(#holder)',
        ExpressionAttributeNames,
      },
    };
  }
  return {
    Update: {
      ...target,
      UpdateExpression:
        change.change === 'reference_claimed' ? 'SET #holder = :order' : 'REMOVE #holder',
      ConditionExpression:
        change.change === 'reference_claimed'
          ? 'attribute_not_exists(#holder) OR #holder = :order'
          : '#holder = :order',
      ExpressionAttributeNames,
      ExpressionAttributeValues: { ':order': { S: change.order } },
    },
  };
}

export async function readHolder(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  reference: string,
): Promise<Uuid | null> {
  const Key = keyOf(referenceKey(tenant, reference));
  const command = new GetItemCommand({ TableName: table, Key, ConsistentRead: true });
  return (await client.send(command)).Item?.holder?.S ?? null;
}
