import { benchBacklog } from './backlog.ts';
import { benchBatch } from './batch.ts';
import { benchBundles } from './bundles.ts';
import { benchConflicts } from './conflicts.ts';
import { benchFirstRequest } from './first-request.ts';
import { takeMissed } from './goals.ts';
import { benchHighLevelLists } from './highlevel-lists.ts';
import { benchHighLevelRoundTrips } from './highlevel-round-trips.ts';
import { benchLists } from './lists.ts';
import { benchOverhead } from './overhead.ts';
import { benchRenewals } from './renewals.ts';
import { benchRoundTrips } from './round-trips.ts';
import { benchThroughput } from './throughput.ts';

process.env.AWS_REGION ??= 'eu-west-1';
process.env.AWS_ACCESS_KEY_ID ??= 'local';
process.env.AWS_SECRET_ACCESS_KEY ??= 'local';

const BENCHES: Record<string, () => Promise<void>> = {
  throughput: benchThroughput,
  conflicts: benchConflicts,
  units: benchRoundTrips,
  'highlevel-units': benchHighLevelRoundTrips,
  backlog: benchBacklog,
  batch: benchBatch,
  renewals: benchRenewals,
  lists: benchLists,
  'highlevel-lists': benchHighLevelLists,
  overhead: benchOverhead,
  bundles: benchBundles,
  'first-request': benchFirstRequest,
};

// All of them, or those that are named: `npm run bench -- units lists`.
const names = process.argv.slice(2);
for (const name of names.length === 0 ? Object.keys(BENCHES) : names) {
  const bench = BENCHES[name];
  if (bench === undefined) throw new Error(`One of ${Object.keys(BENCHES).join(', ')}`);
  await bench();
}
const missed = takeMissed();
if (missed.length > 0) {
  console.error(`Goals that were missed:\n${missed.map((one) => `- ${one}`).join('\n')}`);
  process.exitCode = 1;
}
