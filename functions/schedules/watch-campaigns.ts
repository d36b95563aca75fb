import { watchCampaign } from '#ledger/campaigns/campaign-commands.ts';
import { schedule } from '#operation/declare/schedule.ts';
import { sweep } from '#operation/execution/sweep.ts';

/** Queues links of MoTo campaigns again that were left behind, or are to be tried once more. */
const watchCampaigns = schedule({
  name: 'watchCampaigns',
  summary: 'Queue links of MoTo campaigns that were left behind',
  everyMinutes: 1,
  timeoutSeconds: 60,
  grants: { ledger: ['read', 'put', 'query due'], sends: ['moto-links'] },
  handle: (runtime, remainingMs) =>
    sweep(runtime, remainingMs, {
      kind: 'watch_campaign',
      graceMs: 0,
      handle: (context, item) => watchCampaign(context, item.campaign),
    }),
});

export default watchCampaigns;
export const { handler } = watchCampaigns;
