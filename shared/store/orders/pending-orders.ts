import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import { batchGet } from '#store/core/batch.ts';
import { dueKeys } from '#store/core/due.ts';
import { valueIn } from '#store/core/items.ts';
import { INDEX, prefix } from '#store/core/keys.ts';
import { query } from '#store/core/query.ts';

/** The orders of a merchant that are due for recovery, as all with a pending transaction are. */
export async function readPending(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
): Promise<Order[]> {
  const found = dueKeys('recover', 'shared').map((dueKey) =>
    Array.fromAsync(
      query(client, {
        TableName: table,
        IndexName: INDEX.due,
        KeyConditionExpression: 'dueKey = :key',
        FilterExpression: 'begins_with(pk, :tenant)',
        ProjectionExpression: 'pk, sk',
        ExpressionAttributeValues: {
          ':key': { S: dueKey },
          ':tenant': { S: `${prefix(tenant)}#` },
        },
      }),
    ),
  );
  const keys = (await Promise.all(found)).flat();
  if (keys.length === 0) return [];
  const items = await batchGet(
    client,
    table,
    keys.map(({ pk, sk }) => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' })),
  );
  return [...items.values()].flatMap((item) => valueIn<Order>(item) ?? []);
}
