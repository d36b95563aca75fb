import { isoNow, type LedgerContext, nowMs, type ReadContext } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import { KeyTaken } from '#ledger/core/idempotency-record.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import type { Order } from '#ledger/orders/order.ts';
import { draftOrder, stageCustomer } from '#ledger/orders/order-commands.ts';
import { stageOrder } from '#ledger/payments/stage-outcome.ts';
import {
  type Campaign,
  type CampaignNumbers,
  type CampaignPayment,
  claimed,
  concluded,
  isToBeSent,
  notCreated,
  orderOfPayment,
  type PaymentDraft,
  paymentUuid,
} from './campaign.ts';

/** What a merchant says of a campaign. */
export type CampaignDraft = Pick<
  Campaign,
  'description' | 'service' | 'channel' | 'subject' | 'filename' | 'expiresAt' | 'baseUrl'
>;

/** A campaign with its payments, in the order of its lines. */
export interface WholeCampaign {
  campaign: Campaign;
  payments: CampaignPayment[];
}

/** How long a payment is kept after its link has expired, for its certificate. */
const KEPT_SECONDS = 5 * 365 * 24 * 3600;

/** How many payments are written to the store in parallel. */
const WRITERS = 16;

/** How often a schedule looks after a campaign that is being sent. */
const WATCH_MS = 3 * 60_000;

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
  context.acquirerOf(findService(context.merchant, draft.service));
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

/** Announces the links from a position on. */
export function announceLinks(context: LedgerContext, campaign: Uuid, from: number): void {
  const { merchant, environment } = context.merchant;
  context.work.announce({
    queue: 'moto-links',
    message: { merchant, environment, campaign, from },
  });
}

function stageCampaign(context: LedgerContext, campaign: Campaign): Campaign {
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

async function wholeOf(context: ReadContext, campaign: Campaign): Promise<WholeCampaign> {
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

/**
 * Creates the order of a payment and claims the sending of its link, in one commit. Returns null
 * when the link was sent already or is just being sent.
 */
export async function prepareLinkOf(
  context: LedgerContext,
  campaign: Campaign,
  uuid: Uuid,
): Promise<{ payment: CampaignPayment; order: Order } | null> {
  const { campaignPayment: payment, order } = await context.store.read(context.merchant, {
    campaignPayment: uuid,
    order: orderOfPayment(uuid),
  });
  if (payment === null || !isToBeSent(payment, context.realNowMs())) return null;
  try {
    const made = order ?? (await makeOrder(context, campaign, payment));
    const next = claimed(payment, context.realNowMs());
    context.work.stage({ change: 'campaign_payment', payment: next });
    await context.work.checkpoint(context.realNowMs());
    return { payment: next, order: made };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    context.work.discard();
    context.work.stage({
      change: 'campaign_payment',
      payment: notCreated(payment, error.code),
    });
    return null;
  }
}

async function makeOrder(
  context: LedgerContext,
  campaign: Campaign,
  payment: CampaignPayment,
): Promise<Order> {
  const expiresInSeconds = (Date.parse(campaign.expiresAt) - nowMs(context)) / 1000;
  if (expiresInSeconds <= 0) throw new LedgerError('order_not_open');
  await requireCard(context, payment);
  const { intent, amount, customer, additional, secure, sourceCard, dccTemplate } = payment;
  const draft = {
    intent,
    amount,
    customer,
    additional,
    sourceCard,
    dccTemplate,
    // A card that is known is paid with after 3-D Secure (contract F.1).
    secure: secure || sourceCard !== null,
    description: campaign.description,
    reference: null,
    saveCard: true,
    dynamicDescriptor: null,
    template: payment.cardTemplate,
    notifyUrl: payment.notifyUrl,
    successUrl: payment.successUrl,
    failureUrl: payment.failureUrl,
    extraData: null,
    service: campaign.service,
    expiresInSeconds,
  };
  const drafted = draftOrder(context, draft, orderOfPayment(payment.uuid));
  const order = { ...drafted, expiresAt: campaign.expiresAt };
  stageCustomer(context, order);
  return stageOrder(context, order);
}

async function requireCard(context: LedgerContext, { sourceCard }: CampaignPayment): Promise<void> {
  if (sourceCard === null) return;
  const { card } = await context.store.read(context.merchant, { card: sourceCard });
  if (card === null) throw new LedgerError('card_not_found', sourceCard);
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
