import {
  type DynamoDBClient,
  GetItemCommand,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import { type Subscription, withChannel } from '#ledger/subscriptions/subscription.ts';
import { type Attributes, keyOf, valueIn } from '#store/core/items.ts';
import { partsOf } from '#store/core/keys.ts';
import { readValue } from '#store/core/query.ts';
import { movesOf } from '#store/lists/journal.ts';
import { subscriptions } from './subscription-items.ts';
import { subscriptionKey } from './subscription-keys.ts';
import { channelTypeOf, journalItemKey } from './subscription-rows.ts';

/**
 * Lists subscriptions by their channels and words that were written before that was so. One that is
 * written meanwhile is left to the next run. The result is how many were written anew.
 */
export async function upgradeSubscriptions(client: DynamoDBClient, table: string): Promise<number> {
  let count = 0;
  let next: Attributes | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        FilterExpression:
          'contains(pk, :list) AND NOT contains(pk, :facet) AND attribute_not_exists(listKey)',
        ExpressionAttributeValues: {
          ':list': { S: '#SUBSCRIPTIONS' },
          ':facet': { S: '#SUBSCRIPTIONS#' },
        },
        ConsistentRead: true,
        ...(next === undefined ? {} : { ExclusiveStartKey: next }),
      }),
    );
    for (const one of page.Items ?? []) count += await upgraded(client, table, one);
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
  return count;
}

async function upgraded(client: DynamoDBClient, table: string, row: Attributes): Promise<0 | 1> {
  const { tenant } = partsOf({ pk: row.pk?.S ?? '', sk: '' });
  const { id } = valueIn<Subscription>(row) ?? { id: '' };
  const before = await readValue<Subscription>(client, table, subscriptionKey(tenant, id));
  if (before === null || before.channels !== undefined) return 0;
  const channels = await channelsOf(client, table, tenant, before);
  const told = { ...before, version: before.version + 1, channels };
  const subscription = withChannel(told, Date.now());
  const change = { change: 'subscription', subscription, before } as const;
  const TransactItems = subscriptions.writes.subscription(table, tenant, change);
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return 1;
  } catch (error) {
    if (error instanceof TransactionCanceledException) return 0;
    throw error;
  }
}

/** What the list has it by: mostly no channel since it came into it. */
async function channelsOf(
  client: DynamoDBClient,
  table: string,
  tenant: Tenant,
  subscription: Subscription,
): Promise<Subscription['channels'] & object> {
  const Key = keyOf(journalItemKey(tenant, subscription));
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  const moves = Item === undefined ? [] : movesOf(Item);
  return moves.map(({ at, part }) => ({ since: at, type: channelTypeOf(part) }));
}
