import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { KeyTaken } from '#ledger/core/idempotency-record.ts';
import { findService } from '#ledger/core/services.ts';
import {
  type Campaign,
  type CampaignNumbers,
  type CampaignPayment,
  type PaymentDraft,
  paymentUuid,
} from './campaign.ts';
import { announceLinks, stageCampaign, type WholeCampaign, wholeOf } from './campaign-commands.ts';

/** What a merchant says of a campaign. */
export type CampaignDraft = Pick<
  Campaign,
  'description' | 'service' | 'channel' | 'subject' | 'filename' | 'expiresAt' | 'baseUrl'
>;

/** How long a payment is kept after its link has expired, for its certificate. */
const KEPT_SECONDS = 5 * 365 * 24 * 3600;

/** How many payments are written to the store in parallel. */
const WRITERS = 16;

/**
 * Keeps a campaign; its links are sent afterwards.
 * @throws LedgerError service_not_found, acquirer_not_configured
 */
export async function createCampaign(
  context: LedgerContext,
  draft: CampaignDraft,
  drafts: readonly PaymentDraft[],
): Promise<WholeCampaign> {
  const uuid = context.work.attempt;
  context.requireAcquirer(findService(context.merchant, draft.service));
  const {
    campaignNumbers,
    campaign: written,
    replay,
  } = await context.store.read(context.merchant, {
    campaignNumbers: 'all',
    campaign: uuid,
    replay: context.work.keyId ?? '',
  });
  // Found out now: payments that would be kept in vain are not part of a commit.
  if (replay !== null && replay.expiresAt * 1000 > context.realNowMs()) throw new KeyTaken(replay);
  if (written !== null) return wholeOf(context, written);
  const numbers = campaignNumbers ?? { version: 0, campaigns: 0, payments: 0 };
  const campaign: Campaign = {
    ...draft,
    uuid,
    version: 0,
    number: numbers.campaigns + 1,
    state: 'pending',
    error: null,
    createdAt: isoNow(context),
    lines: drafts.map(({ line }) => line),
  };
  const payments = drafts.map((one, index) => paymentOf(campaign, one, numbers, index));
  await keepAll(context, payments);
  context.work.stage({
    change: 'campaign_numbers',
    numbers: {
      version: numbers.version + 1,
      campaigns: campaign.number,
      payments: numbers.payments + payments.length,
    },
  });
  announceLinks(context, uuid, 0);
  return { campaign: stageCampaign(context, campaign), payments };
}

function paymentOf(
  campaign: Campaign,
  draft: PaymentDraft,
  numbers: CampaignNumbers,
  index: number,
): CampaignPayment {
  return {
    ...draft,
    uuid: paymentUuid(campaign.uuid, draft.line),
    version: 1,
    number: numbers.payments + index + 1,
    campaign: campaign.uuid,
    state: 'pending',
    error: null,
    createdAt: campaign.createdAt,
    attempts: 0,
    claimedUntil: null,
    sentAt: null,
    keptUntil: Math.floor(Date.parse(campaign.expiresAt) / 1000) + KEPT_SECONDS,
  };
}

async function keepAll(context: LedgerContext, payments: readonly CampaignPayment[]) {
  const left = [...payments];
  const keep = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      await context.store.keepCampaignPayment(context.merchant, one);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, keep));
}
