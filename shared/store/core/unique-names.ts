import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { UniqueName } from '#ledger/core/unique-name.ts';
import type { Aggregate } from './aggregate.ts';
import { item, keyOf } from './items.ts';
import { type Key, prefix } from './keys.ts';

function nameKey(tenant: Tenant, name: UniqueName): Key {
  const scope =
    name.kind === 'coupon_code'
      ? `${prefix(tenant)}#COUPON_CODE`
      : `${tenant.environment}#WHITE_LABEL`;
  return { pk: `${scope}#${name.name}`, sk: 'NAME' };
}

const TAKEN = {
  coupon_code: 'coupon_code_taken',
  white_label: 'white_label_name_taken',
} as const;

/** The owner of a name may claim it again; nobody else may claim or release it. */
function nameWrite(
  table: string,
  tenant: Tenant,
  { change, name, holder }: ChangeOf<'name_claimed'> | ChangeOf<'name_released'>,
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

export const uniqueNames = {
  writes: {
    name_claimed: (table, tenant, change) => [nameWrite(table, tenant, change)],
    name_released: (table, tenant, change) => [nameWrite(table, tenant, change)],
  },
  places: { name: nameKey },
  refusals: {
    name_claimed: ({ name }) => new LedgerError(TAKEN[name.kind], name.name),
  },
} satisfies Aggregate;
