import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Campaign, CampaignNumbers, CampaignPayment, LinksRef } from './campaign.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    /**
     * Written only while the stored version is one less than this one's, as all versioned entities
     * are.
     */
    campaign: { campaign: Campaign; watchAt: string | null };
    campaign_payment: { payment: CampaignPayment };
    campaign_numbers: { numbers: CampaignNumbers };
  }

  interface Entities {
    campaign: { key: Uuid; value: Campaign };
    campaignPayment: { key: Uuid; value: CampaignPayment };
    /** One item holds all of a merchant's. */
    campaignNumbers: { key: 'all'; value: CampaignNumbers };
  }

  interface DueWork {
    watch_campaign: { campaign: Uuid };
  }

  interface LedgerStore {
    /**
     * Keeps a payment before its campaign is committed, because a commit could not hold so many.
     * Nothing reads it until then.
     */
    keepCampaignPayment(tenant: Tenant, payment: CampaignPayment): Promise<void>;
  }

  interface LedgerReads {
    /** The payments of a campaign, in the order of its lines. */
    campaignPayments(tenant: Tenant, campaign: Campaign): Promise<CampaignPayment[]>;
  }
}

declare module '#ledger/core/unit-of-work.ts' {
  interface Announcements {
    'moto-links': LinksRef;
  }
}
