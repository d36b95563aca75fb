import type { Tenant } from '#ledger/core/merchant.ts';
import type { Capabilities, CustomProvider, ProviderOwner } from './custom-provider.ts';
import type { WhiteLabel } from './white-label.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    custom_provider: { provider: CustomProvider };
    custom_provider_deleted: { provider: CustomProvider };
    capabilities: { capabilities: Capabilities };
    white_label: { whiteLabel: WhiteLabel };
  }

  interface Entities {
    customProvider: { key: ProviderOwner; value: CustomProvider };
    capabilities: { key: { account: string; app: string }; value: Capabilities };
  }

  interface LedgerReads {
    /** All white-label providers of a location, oldest first. */
    whiteLabels(tenant: Tenant, location: string): Promise<WhiteLabel[]>;
  }
}
