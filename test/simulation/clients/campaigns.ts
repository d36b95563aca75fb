import { customerOf, markerOf, newOrder } from './drafts.ts';
import { payOnCardPage } from './sales.ts';
import type { Till } from './till.ts';

const DAY_MS = 86_400_000;

/** Sends links: of an order to its buyer, or of a campaign to some people, of whom some pay. */
export function sendLinks(till: Till): Promise<void> {
  return till.random.chance(0.3) ? sendLink(till) : sendCampaign(till);
}

async function sendLink(till: Till): Promise<void> {
  const order = await newOrder(till, { customer: customerOf(till), operative: 'AUTHORIZATION' });
  if (order === null) return;
  const destination = till.random.chance(0.5) ? addressOf(till) : numberOf(till);
  const body = { order_uuid: order.uuid, destination, subject: 'Your order' };
  await till.paylands('/payment/send', body, `message ${destination}`);
  if (till.random.chance(0.6)) await payOnCardPage(till, order);
}

function addressOf(till: Till): string {
  return `${markerOf(till)}@example.com`;
}

/** A mobile telephone in Spain. */
function numberOf({ random }: Till): string {
  return `+346${random.int(10_000_000, 99_999_999)}`;
}

async function sendCampaign(till: Till): Promise<void> {
  const { random, shop } = till;
  const markers = Array.from({ length: random.int(1, 4) }, () => markerOf(till));
  const asks = markers.map((marker) => `link ${marker}`);
  const description = markerOf(till);
  const type = random.pick(['MAIL', 'MAIL', 'PHONE', 'PHONE', 'CUSTOM_DELIVERY']);
  const body = {
    description,
    service_uuid: random.pick(shop.services),
    subject: 'Please pay',
    type,
    expires_at: till.timeIn(10 * DAY_MS).slice(0, 10),
    payments: markers.map((marker) => ({
      amount: random.int(10, 30_000),
      operative: random.chance(0.8) ? 'AUTHORIZATION' : 'DEFERRED',
      destination: type === 'PHONE' ? numberOf(till) : `${marker}@example.com`,
      secure: random.chance(0.3),
      customer_ext_id: customerOf(till),
      additional: marker,
      url_post: 'https://shop.example/told',
    })),
  };
  const campaign = await till.handIn('/payment/moto/json', body, `campaign ${description}`, asks);
  if (campaign === null) return;
  await till.wait(random.between(10_000, 60_000));
  const answer = await till.get(`/payment/moto/${campaign.detail.uuid}/orders`);
  const orders = Object.values(answer?.orders ?? {}).map(({ order }) => order);
  for (const order of orders) {
    if (order !== null && random.chance(0.6)) await payOnCardPage(till, order);
  }
}
