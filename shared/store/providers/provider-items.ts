import type { ObjectId } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ProviderOwner } from '#ledger/providers/custom-provider.ts';
import type { WhiteLabel } from '#ledger/providers/white-label.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { item, valuesIn } from '#store/core/items.ts';
import { type Key, prefix } from '#store/core/keys.ts';
import { readPartition } from '#store/core/query.ts';
import { deleteVersion, putVersion } from '#store/core/writes.ts';

const ofLocation = (tenant: Tenant, location: string): string =>
  `${prefix(tenant)}#LOCATION#${location}`;

const whiteLabelKey = (tenant: Tenant, location: string, id: ObjectId): Key => ({
  pk: `${ofLocation(tenant, location)}#WHITE_LABELS`,
  sk: id,
});

const customProviderKey = (tenant: Tenant, { location, app }: ProviderOwner): Key => ({
  pk: `${ofLocation(tenant, location)}#CUSTOM_PROVIDERS`,
  sk: app,
});

/** The locations of a company may belong to several merchants, so no merchant is in the key. */
const capabilitiesKey = (
  { environment }: Tenant,
  { account, app }: { account: string; app: string },
): Key => ({
  pk: `${environment}#CAPABILITIES#${account}`,
  sk: app,
});

export const providers = {
  writes: {
    custom_provider: (table, tenant, { provider }) => {
      const version = { version: { N: String(provider.version) } };
      const attributes = item(customProviderKey(tenant, provider), provider, version);
      return [putVersion(table, attributes, provider.version)];
    },
    custom_provider_deleted: (table, tenant, { provider }) => [
      deleteVersion(table, customProviderKey(tenant, provider), provider.version),
    ],
    capabilities: (table, tenant, { capabilities }) => {
      const Item = item(capabilitiesKey(tenant, capabilities), capabilities);
      return [{ Put: { TableName: table, Item } }];
    },
    white_label: (table, tenant, { whiteLabel }) => {
      const key = whiteLabelKey(tenant, whiteLabel.location, whiteLabel.id);
      return [putVersion(table, item(key, whiteLabel), 1)];
    },
  },
  remakes: ['custom_provider'],
  places: { customProvider: customProviderKey, capabilities: capabilitiesKey },
  reads: (client, table) => ({
    async whiteLabels(tenant: Tenant, location: string): Promise<WhiteLabel[]> {
      const { pk } = whiteLabelKey(tenant, location, '');
      return valuesIn(await readPartition(client, table, pk));
    },
  }),
} satisfies Aggregate;
