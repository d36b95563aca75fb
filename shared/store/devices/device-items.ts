import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { LedgerError } from '#ledger/core/errors.ts';
import type { ObjectId, OrderUuid, TransactionUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Device } from '#ledger/devices/device.ts';
import type { DeviceTask } from '#ledger/devices/device-store.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { item, keyOf, valuesIn } from '#store/core/items.ts';
import { type Key, prefix } from '#store/core/keys.ts';
import { readPartition } from '#store/core/query.ts';
import { deleteVersion, putVersion, rewriteVersion } from '#store/core/writes.ts';

const deviceKey = (tenant: Tenant, id: ObjectId): Key => ({
  pk: `${prefix(tenant)}#DEVICES`,
  sk: id,
});

/** A terminal's item says in attributes of its own which transaction of which order has it. */
function holding(
  table: string,
  key: Key,
  task: { transaction: TransactionUuid; order?: OrderUuid },
  write: { update: string; condition: string },
): TransactWriteItem {
  const values = Object.entries(task).map(([name, uuid]) => [`:${name}`, { S: uuid }]);
  return {
    Update: {
      TableName: table,
      Key: keyOf(key),
      UpdateExpression: write.update,
      ConditionExpression: write.condition,
      ExpressionAttributeNames: { '#takenBy': 'takenBy', '#takenFor': 'takenFor' },
      ExpressionAttributeValues: Object.fromEntries(values),
    },
  };
}

const TAKE = {
  update: 'SET #takenBy = :transaction, #takenFor = :order',
  condition:
    'attribute_exists(pk) AND attribute_not_exists(gone) AND attribute_not_exists(#takenBy)',
};

const FREE = { update: 'REMOVE #takenBy, #takenFor', condition: '#takenBy = :transaction' };

async function readTask(
  client: DynamoDBClient,
  table: string,
  key: Key,
): Promise<DeviceTask | null> {
  const command = new GetItemCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true });
  const { Item } = await client.send(command);
  const [transaction, order] = [Item?.takenBy?.S, Item?.takenFor?.S];
  return transaction === undefined || order === undefined ? null : { order, transaction };
}

function deleted(table: string, tenant: Tenant, { id, version }: Device): TransactWriteItem {
  const { Put } = deleteVersion(table, deviceKey(tenant, id), version);
  if (Put === undefined) throw new Error('A deletion is put');
  return {
    Put: {
      ...Put,
      ConditionExpression: `${Put.ConditionExpression} AND attribute_not_exists(#takenBy)`,
      ExpressionAttributeNames: { ...Put.ExpressionAttributeNames, '#takenBy': 'takenBy' },
    },
  };
}

export const devices = {
  writes: {
    device: (table, tenant, { device }) => {
      const version = { N: String(device.version) };
      const attributes = item(deviceKey(tenant, device.id), device, { version });
      return [putVersion(table, attributes, device.version)];
    },
    // Which transaction has it is left alone.
    device_changed: (table, tenant, { device }) => [
      rewriteVersion(table, deviceKey(tenant, device.id), device),
    ],
    device_deleted: (table, tenant, { device }) => [deleted(table, tenant, device)],
    device_taken: (table, tenant, { device, order, transaction }) => [
      holding(table, deviceKey(tenant, device), { order, transaction }, TAKE),
    ],
    device_freed: (table, tenant, { device, transaction }) => [
      holding(table, deviceKey(tenant, device), { transaction }, FREE),
    ],
  },
  places: { device: deviceKey },
  refusals: {
    device_taken: ({ device }) => new LedgerError('device_busy', device),
    device_deleted: ({ device }, found) =>
      found?.takenBy === undefined ? null : new LedgerError('device_busy', device.id),
  },
  reads: (client, table) => ({
    async devices(tenant: Tenant): Promise<Device[]> {
      const { pk } = deviceKey(tenant, '');
      return valuesIn<Device>(await readPartition(client, table, pk));
    },
    taskOfDevice: (tenant: Tenant, device: ObjectId) =>
      readTask(client, table, deviceKey(tenant, device)),
  }),
} satisfies Aggregate;
