import type { LedgerContext, ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import {
  type Campaign,
  type CampaignPayment,
  concluded,
  isToBeSent,
  orderOfPayment,
} from './campaign.ts';

/** A campaign with its payments, in the order of its lines. */
export interface WholeCampaign {
  campaign: Campaign;
  payments: CampaignPayment[];
}

/** How often a schedule looks after a campaign that is being sent. */
const WATCH_MS = 3 * 60_000;

/** Announces the links from a position on. */
export function announceLinks(context: LedgerContext, campaign: Uuid, from: number): void {
  const { merchant, environment } = context.merchant;
  context.work.announce({
    queue: 'moto-links',
    message: { merchant, environment, campaign, from },
  });
}

/** Stages a campaign as its next version, to be looked after while links are pending. */
export function stageCampaign(context: LedgerContext, campaign: Campaign): Campaign {
  const next = { ...campaign, version: campaign.version + 1 };
  const watchAt = new Date(context.realNowMs() + WATCH_MS).toISOString();
  const isOver = next.state !== 'pending';
  context.work.stage({ change: 'campaign', campaign: next, watchAt: isOver ? null : watchAt });
  return next;
}

/** @throws LedgerError campaign_not_found */
export async function findCampaign(context: ReadContext, uuid: Uuid): Promise<WholeCampaign> {
  const { campaign } = await context.store.read(context.merchant, { campaign: uuid });
  if (campaign === null) throw new LedgerError('campaign_not_found', uuid);
  return wholeOf(context, campaign);
}

/** A campaign with all its payments. */
export async function wholeOf(context: ReadContext, campaign: Campaign): Promise<WholeCampaign> {
  const payments = await context.store.campaignPayments(context.merchant, campaign);
  return { campaign, payments };
}

/** A payment of a campaign with its order, if that was made. */
export interface CampaignOrder {
  campaign: Campaign;
  payment: CampaignPayment;
  order: Order | null;
}

/** @throws LedgerError campaign_payment_not_found */
export async function findCampaignPayment(
  context: ReadContext,
  uuid: Uuid,
): Promise<CampaignOrder> {
  const { campaignPayment: payment } = await context.store.read(context.merchant, {
    campaignPayment: uuid,
  });
  if (payment === null) throw new LedgerError('campaign_payment_not_found', uuid);
  // Minted with the payment, so only a payment of a campaign has one.
  const { campaign, order } = await context.store.read(context.merchant, {
    campaign: payment.campaign,
    order: orderOfPayment(uuid),
  });
  if (campaign === null) throw new LedgerError('campaign_payment_not_found', uuid);
  return { campaign, payment, order };
}

/** Ends a campaign once the state of every link is known; false while one is pending. */
export async function closeCampaign(context: LedgerContext, uuid: Uuid): Promise<boolean> {
  const { campaign } = await context.store.read(context.merchant, { campaign: uuid });
  if (campaign?.state !== 'pending') return true;
  const payments = await context.store.campaignPayments(context.merchant, campaign);
  const next = concluded(campaign, payments);
  if (next === campaign) return false;
  stageCampaign(context, next);
  return true;
}

/**
 * Announces links again whose sending seems abandoned, and ends a campaign when none is pending.
 */
export async function watchCampaign(context: LedgerContext, uuid: Uuid): Promise<void> {
  const { campaign } = await context.store.read(context.merchant, { campaign: uuid });
  if (campaign === null || (await closeCampaign(context, uuid))) return;
  const payments = await context.store.campaignPayments(context.merchant, campaign);
  const first = payments.findIndex((one) => isToBeSent(one, context.realNowMs()));
  if (first >= 0) announceLinks(context, uuid, first);
  stageCampaign(context, campaign);
}
