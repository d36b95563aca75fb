import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Tenant } from '../ledger/merchant.ts';
import type { Change, LocationChange } from '../ledger/store.ts';
import { item, keyOf } from './items.ts';
import { capabilitiesKey, couponKey, customProviderKey, nameKey, whiteLabelKey } from './keys.ts';
import { subscriptionWrites } from './subscription-list.ts';
import { deleteVersion, putVersion } from './writes.ts';

const KINDS: readonly string[] = [
  'coupon',
  'coupon_deleted',
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
    case 'coupon': {
      const { coupon } = change;
      return [versioned(table, couponKey(tenant, coupon.id), coupon)];
    }
    case 'coupon_deleted': {
      const { id, version } = change.coupon;
      return [deleteVersion(table, couponKey(tenant, id), version)];
    }
    case 'custom_provider': {
      const { provider } = change;
      return [versioned(table, customProviderKey(tenant, provider), provider)];
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

function versioned(
  table: string,
  key: Parameters<typeof item>[0],
  entity: { version: number },
): TransactWriteItem {
  const attributes = item(key, entity, { version: { N: String(entity.version) } });
  return putVersion(table, attributes, entity.version);
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
