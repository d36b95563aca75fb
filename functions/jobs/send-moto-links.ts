import { setTimeout as sleep } from 'node:timers/promises';
import { localeFor } from '#faces/pages/views/locale.ts';
import { urlsView } from '#faces/paylands/views.ts';
import {
  type Campaign,
  type CampaignPayment,
  delivered,
  LINKS_PER_MESSAGE,
  notSent,
  paymentUuid,
} from '#ledger/campaigns/campaign.ts';
import { closeCampaign } from '#ledger/campaigns/campaign-commands.ts';
import { prepareLinkOf } from '#ledger/campaigns/prepare-link.ts';
import { LostRace } from '#ledger/core/errors.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { countryOf, type Merchant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import { destinationOf } from '#messages/destination.ts';
import { linkMessage } from '#messages/link-message.ts';
import { messenger } from '#messages/messenger.ts';
import { job } from '#operation/declare/job.ts';
import { asAttempt, type Background } from '#operation/execution/background.ts';
import { errorFields } from '#operation/runtime/log.ts';
import type { Runtime } from '#operation/runtime/runtime.ts';
import { linksMessage } from '#queues/moto-links.ts';

/** As few as an event source can have: together they keep to the rate. */
const INSTANCES = 2;

/** A link takes no longer than this, its tries included. */
const RESERVE_MS = 20_000;

/**
 * Sends some links of a MoTo campaign (contract C.9), not more a second than the settings say, and
 * queues the next ones. Each is claimed before it is sent: a message that comes twice sends none
 * twice. Only a process that dies while it sends may have sent a link that is sent again.
 */
const sendMotoLinks = job({
  name: 'sendMotoLinks',
  summary: 'Send payment links of MoTo campaigns',
  queue: 'moto-links',
  batchSize: 1,
  maxConcurrency: INSTANCES,
  timeoutSeconds: 60,
  grants: { ledger: ['read', 'put'], messages: ['mail', 'sms'], sends: ['moto-links'] },
  message: linksMessage,
  async handle(ref, runtime, deadline) {
    const merchant = await runtime.access.findMerchant(ref);
    const { campaign } = await runtime.store.read(ref, { campaign: ref.campaign });
    if (merchant === null || campaign === null || campaign.state !== 'pending') return;
    const background = { vault: await runtime.access.vault(), merchant, deadline };
    const paceMs = (1000 * INSTANCES) / runtime.settings.MOTO_LINKS_PER_SECOND;
    const lines = campaign.lines.slice(ref.from, ref.from + LINKS_PER_MESSAGE);
    let sent = 0;
    for (const line of lines) {
      if (deadline.remainingMs() < RESERVE_MS + paceMs) break;
      const isSent = await sendOne(runtime, background, campaign, line);
      sent += 1;
      if (isSent) await sleep(paceMs);
    }
    const from = ref.from + sent;
    if (from < campaign.lines.length) {
      await runtime.announce([{ queue: 'moto-links', message: { ...ref, from } }]);
    } else {
      await inNewAttempt(runtime, background, (context) => closeCampaign(context, campaign.uuid));
    }
  },
});

/** Sends one link if it is its turn; false when nothing went out. */
async function sendOne(
  runtime: Runtime,
  background: Background,
  campaign: Campaign,
  line: number,
): Promise<boolean> {
  const uuid = paymentUuid(campaign.uuid, line);
  const prepared = await inNewAttempt(runtime, background, (context) =>
    prepareLinkOf(context, campaign, uuid),
  );
  if (prepared === null) return false;
  const { payment, order } = prepared;
  const { merchant } = background;
  if (campaign.channel === 'custom') {
    await record(runtime, merchant, delivered(payment, null));
    return false;
  }
  try {
    await messenger(runtime)(await messageOf(runtime, campaign, payment, order, merchant));
  } catch (error) {
    const fields = { merchant: merchant.merchant, order: order.uuid, ...errorFields(error) };
    runtime.log('error', 'link_not_sent', fields);
    await record(runtime, merchant, notSent(payment, runtime.realNowMs()));
    return true;
  }
  const sentAt = new Date(runtime.realNowMs() + merchant.clockOffsetMs).toISOString();
  await record(runtime, merchant, delivered(payment, sentAt));
  return true;
}

function inNewAttempt<T>(
  runtime: Runtime,
  background: Background,
  handle: Parameters<typeof asAttempt<T>>[3],
): Promise<T> {
  return asAttempt(runtime, background, mintUuid(runtime.realNowMs()), handle);
}

/** The link leads to 3-D Secure at once when the payment names a card (contract F.1). */
async function messageOf(
  runtime: Runtime,
  campaign: Campaign,
  payment: CampaignPayment,
  order: Order,
  merchant: Merchant,
) {
  const destination = await destinationOf(payment.destination, countryOf(merchant));
  if (destination === null) throw new Error('The destination was checked before');
  const language = localeFor(order.language);
  const urls = urlsView(order, campaign.baseUrl);
  const page = payment.sourceCard === null ? urls.payment_card : urls['3ds_tokenized'];
  const subject = campaign.subject ?? campaign.description;
  const url = `${page}?lang=${language.code}`;
  const sender = campaign.subject ?? undefined;
  const named = sender === undefined ? {} : { sender };
  const own = (await runtime.templates.findNamed(merchant, payment.messageTemplate))?.messages;
  return linkMessage(order, merchant, destination, { url, subject, language, own, ...named });
}

/** Only who has claimed it writes it, unless it took longer than the claim: then it is as it is. */
async function record(
  runtime: Runtime,
  merchant: Merchant,
  payment: CampaignPayment,
): Promise<void> {
  try {
    await runtime.store.commit(merchant, [{ change: 'campaign_payment', payment }]);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
}

export default sendMotoLinks;
export const { handler } = sendMotoLinks;
