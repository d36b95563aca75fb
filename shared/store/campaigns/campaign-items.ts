import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Campaign, type CampaignPayment, paymentUuid } from '#ledger/campaigns/campaign.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { ChangeOf } from '#ledger/core/store.ts';
import type { Aggregate } from '#store/core/aggregate.ts';
import { batchGet, nameOf } from '#store/core/batch.ts';
import { dueAttributes } from '#store/core/due.ts';
import { type Attributes, item, valueIn } from '#store/core/items.ts';
import { type Key, partsOf, prefix } from '#store/core/keys.ts';
import { putVersion } from '#store/core/writes.ts';

const campaignKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#CAMPAIGN#${uuid}`,
  sk: 'CAMPAIGN',
});

const paymentKey = (tenant: Tenant, uuid: Uuid): Key => ({
  pk: `${prefix(tenant)}#CAMPAIGN_PAYMENT#${uuid}`,
  sk: 'CAMPAIGN_PAYMENT',
});

const numbersKey = (tenant: Tenant): Key => ({
  pk: `${prefix(tenant)}#CAMPAIGNS`,
  sk: 'NUMBERS',
});

function campaignItem(tenant: Tenant, { campaign, watchAt }: ChangeOf<'campaign'>): Attributes {
  const { uuid, version } = campaign;
  const due =
    watchAt === null
      ? null
      : { kind: 'watch_campaign' as const, at: watchAt, uuid, testClock: false };
  return item(campaignKey(tenant, uuid), campaign, {
    version: { N: String(version) },
    ...dueAttributes(tenant, due),
  });
}

function paymentItem(tenant: Tenant, payment: CampaignPayment): Attributes {
  return item(paymentKey(tenant, payment.uuid), payment, {
    version: { N: String(payment.version) },
    expiresAt: { N: String(payment.keptUntil) },
  });
}

/**
 * A write that was given up may arrive late, when the link is sent already: it must not make the
 * payment a new one again.
 */
const UNTOUCHED = {
  ConditionExpression: 'attribute_not_exists(pk) OR #version = :first',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':first': { N: '1' } },
};

export const campaigns = {
  writes: {
    campaign: (table, tenant, change) => [
      putVersion(table, campaignItem(tenant, change), change.campaign.version),
    ],
    campaign_payment: (table, tenant, { payment }) => [
      putVersion(table, paymentItem(tenant, payment), payment.version),
    ],
    campaign_numbers: (table, tenant, { numbers }) => [
      putVersion(
        table,
        item(numbersKey(tenant), numbers, { version: { N: String(numbers.version) } }),
        numbers.version,
      ),
    ],
  },
  places: {
    campaign: campaignKey,
    campaignPayment: paymentKey,
    campaignNumbers: numbersKey,
  },
  due: {
    watch_campaign: (key) => ({ campaign: partsOf(key).parts[1] ?? '' }),
  },
  reads: (client, table) => ({
    async keepCampaignPayment(tenant: Tenant, payment: CampaignPayment): Promise<void> {
      const Item = paymentItem(tenant, payment);
      try {
        await client.send(new PutItemCommand({ TableName: table, Item, ...UNTOUCHED }));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    async campaignPayments(tenant: Tenant, campaign: Campaign): Promise<CampaignPayment[]> {
      const keys = campaign.lines.map((line) =>
        paymentKey(tenant, paymentUuid(campaign.uuid, line)),
      );
      const found = await batchGet(client, table, keys);
      return keys.flatMap((key) => valueIn<CampaignPayment>(found.get(nameOf(key))) ?? []);
    },
  }),
} satisfies Aggregate;
