import { type Campaign, type CampaignPayment, orderOfPayment } from '#ledger/campaigns/campaign.ts';
import { compare } from './asks.ts';
import type { RestWithOrders } from './check-all.ts';
import { storedOf } from './stored.ts';

/** Every link was sent, no more often than it was tried, and leads to an order. */
export function checkCampaigns(rest: RestWithOrders): void {
  const { world, asks } = rest;
  const campaigns = storedOf<Campaign>(world.engine, 'CAMPAIGN');
  const known = new Map(campaigns.map((campaign) => [campaign.uuid, campaign]));
  for (const { uuid, state } of campaigns) {
    if (state === 'pending') world.fail(`campaign ${uuid} is still pending`);
  }
  // Written before the campaign itself: of one that was never made, nothing is sent.
  const payments = storedOf<CampaignPayment>(world.engine, 'CAMPAIGN_PAYMENT').filter((payment) =>
    known.has(payment.campaign),
  );
  const sent = payments.filter(({ campaign }) => known.get(campaign)?.channel !== 'custom');
  for (const finding of [...payments.flatMap(wrongLink(rest)), ...wrongMessages(rest, sent)]) {
    world.fail(finding);
  }
  for (const ask of asks.of('campaign')) {
    const [, marker] = ask.split(' ');
    compare(rest, ask, campaigns.filter(({ description }) => description === marker).length);
  }
  for (const ask of asks.of('message')) {
    const told = timesTold(rest, ask.split(' ')[1] ?? '');
    const [least, most] = [asks.bounds(ask).least, asks.arrivals(ask)];
    if (told < least) world.fail(`${ask}: said to be sent, and was not`);
    if (told > most) world.fail(`${ask}: sent ${told} times for ${most} requests`);
  }
}

function wrongLink({ orders }: RestWithOrders): (payment: CampaignPayment) => string[] {
  return ({ uuid, state }) => {
    const hasOrder = orders.some((order) => order.uuid === orderOfPayment(uuid));
    return [
      ...(state === 'pending' ? [`link ${uuid} is still pending`] : []),
      ...(state === 'completed' && !hasOrder ? [`link ${uuid} leads nowhere`] : []),
    ];
  };
}

/** A request that is repeated without a key makes several campaigns for the same people. */
function wrongMessages(rest: RestWithOrders, payments: readonly CampaignPayment[]): string[] {
  const findings: string[] = [];
  for (const [to, own] of Map.groupBy(payments, ({ destination }) => destination)) {
    const told = timesTold(rest, to);
    const most = own.reduce((sum, { attempts }) => sum + attempts, 0);
    const least = own.filter(({ state }) => state === 'completed').length;
    if (told > most) findings.push(`${to} got ${told} links of ${most} attempts`);
    if (told < least) findings.push(`${to} got ${told} links of ${least} that were sent`);
  }
  return findings;
}

function timesTold({ world }: RestWithOrders, destination: string): number {
  return world.postOffice.delivered.filter(({ to }) => to === destination).length;
}
