import { type LedgerContext, nowMs } from '#ledger/core/context.ts';
import { LedgerError } from '#ledger/core/errors.ts';
import type { Uuid } from '#ledger/core/ids.ts';
import type { Order } from '#ledger/orders/order.ts';
import { draftOrder, stageCustomer } from '#ledger/orders/order-commands.ts';
import { stageOrder } from '#ledger/payments/stage-outcome.ts';
import {
  type Campaign,
  type CampaignPayment,
  claimed,
  isToBeSent,
  notCreated,
  orderOfPayment,
} from './campaign.ts';

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
    return { payment: next, order: made };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
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
