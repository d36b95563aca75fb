import { benchBatch } from './batch.ts';
import { benchBundles } from './bundles.ts';
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

await benchThroughput();
await benchRoundTrips();
await benchHighLevelRoundTrips();
await benchBatch();
await benchRenewals();
await benchLists();
await benchHighLevelLists();
await benchOverhead();
await benchBundles();
