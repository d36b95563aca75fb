import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Change, LocationChange } from '#ledger/core/store.ts';
import { item, keyOf } from '#store/core/items.ts';
import { capabilitiesKey, customProviderKey, nameKey, whiteLabelKey } from '#store/core/keys.ts';
import { deleteVersion, putVersion } from '#store/core/writes.ts';
import { subscriptionWrites } from '#store/lists/subscription-list.ts';
import { couponDeletion, couponUse, couponWrite } from './coupon-items.ts';

const KINDS: readonly string[] = [
  'coupon',
  'coupon_deleted',
  'coupon_used',
  'custom_provider',
  'custom_provider_deleted',
  'capabilities',
  'white_label',
  'subscription',
  'name_claimed',
  'name_released',
] satisfies LocationChange['change'][];

export function isLocationChange(change: Change): change is LocationChange {
  return KINDS.includes(change.change);
}

/** The writes that make up a change of what belongs to a location. */
export function locationWrites(
  table: string,
  tenant: Tenant,
  change: LocationChange,
): TransactWriteItem[] {
  switch (change.change) {
    case 'coupon':
      return [couponWrite(table, tenant, change.coupon)];
    case 'coupon_deleted':
      return couponDeletion(table, tenant, change.coupon);
    case 'coupon_used':
      return [couponUse(table, tenant, change.coupon, change.order)];
    case 'custom_provider': {
      const { provider } = change;
      const key = customProviderKey(tenant, provider);
      const version = { version: { N: String(provider.version) } };
      return [putVersion(table, item(key, provider, version), provider.version)];
    }
    case 'custom_provider_deleted': {
      const { provider } = change;
      return [deleteVersion(table, customProviderKey(tenant, provider), provider.version)];
    }
    case 'capabilities': {
      const { capabilities } = change;
      const Item = item(capabilitiesKey(tenant, capabilities), capabilities);
      return [{ Put: { TableName: table, Item } }];
    }
    case 'white_label': {
      const { whiteLabel } = change;
      const key = whiteLabelKey(tenant, whiteLabel.location, whiteLabel.id);
      return [putVersion(table, item(key, whiteLabel), 1)];
    }
    case 'subscription':
      return subscriptionWrites(table, tenant, change);
    case 'name_claimed':
    case 'name_released':
      return [nameWrite(table, tenant, change)];
  }
}

/** Whoever has a name may claim it again; nobody else may claim or release it. */
function nameWrite(
  table: string,
  tenant: Tenant,
  { change, name, holder }: Extract<LocationChange, { name: unknown }>,
): TransactWriteItem {
  const key = nameKey(tenant, name);
  const isHeld = {
    ExpressionAttributeNames: { '#holder': 'holder' },
    ExpressionAttributeValues: { ':holder': { S: holder } },
  };
  if (change === 'name_released') {
    return {
      Delete: {
        TableName: table,
        Key: keyOf(key),
        ConditionExpression: '#holder = :holder',
        ...isHeld,
      },
    };
  }
  return {
    Put: {
      TableName: table,
      Item: item(key, { holder }, { holder: { S: holder } }),
      ConditionExpression: 'attribute_not_exists(pk) OR #holder = :holder',
      ...isHeld,
    },
  };
}
