import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { CustomerFile } from '#ledger/customers/customer-file.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { batchGet } from '#store/core/batch.ts';
import { item, keyOf, valuesIn } from '#store/core/items.ts';
import { type Key, prefix } from '#store/core/keys.ts';
import { deleteVersion, putVersion } from '#store/core/writes.ts';

const fileKey = (tenant: Tenant, customer: string): Key => ({
  pk: `${prefix(tenant)}#CUSTOMER#${customer}`,
  sk: 'FILE',
});

/** Leads from the uuid of an address or an account to the file that it is in. */
const partKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#CUSTOMER_PART#${uuid}`,
  sk: 'CUSTOMER_PART',
});

export const customerFiles = {
  writes: {
    customer_file: (table, tenant, { file }) => {
      const version = { N: String(file.version) };
      const attributes = item(fileKey(tenant, file.customer), file, { version });
      return [putVersion(table, attributes, file.version)];
    },
    customer_file_deleted: (table, tenant, { file }) => [
      deleteVersion(table, fileKey(tenant, file.customer), file.version),
    ],
    customer_part: (table, tenant, { part }) => [
      { Put: { TableName: table, Item: item(partKey(tenant, part.uuid), part) } },
    ],
    customer_part_deleted: (table, tenant, { uuid }) => [
      { Delete: { TableName: table, Key: keyOf(partKey(tenant, uuid)) } },
    ],
  },
  remakes: ['customer_file'],
  places: { customerFile: fileKey, customerPart: partKey },
  reads: (client, table) => ({
    async customerFiles(tenant: Tenant, wanted: readonly string[]): Promise<CustomerFile[]> {
      const keys = [...new Set(wanted)].map((customer) => fileKey(tenant, customer));
      return valuesIn<CustomerFile>([...(await batchGet(client, table, keys)).values()]);
    },
  }),
} satisfies Aggregate;
