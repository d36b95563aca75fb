import { randomUUID } from 'node:crypto';
import { startEngine } from '#infra/local/engine.ts';
import { createTables } from '#infra/local/tables.ts';
import { mintUuid } from '#ledger/core/ids.ts';
import { dynamoClient } from '#store/core/client.ts';
import { BenchClient } from './client.ts';
import { atLeast } from './goals.ts';
import { type Recorded, replay, startRecorder } from './recorder.ts';
import { startServer } from './server.ts';
import { elapsed, median, percentile, print, round } from './stats.ts';

const FLOWS = 400;
const WORKERS = 16;
/** Rounds alternate between both sides, so that a noisy neighbour disturbs both. */
const ROUNDS = 3;
const WARM_UP = 100;

/** So many flows one after the other, in which the last part must be as fast as the first. */
const LONG_RUN = Number(process.env.BENCH_FLOWS ?? 1000);
const PARTS = 5;

/** The demo merchant, as it is in keys. */
const MERCHANT = '6D0C3A52-9E41-8B7F-A5D2-3C18E0947B6A';

/** Full flows per second over HTTP, beside what the engine alone can do. */
export async function benchThroughput(): Promise<void> {
  const calls = await recordFlows();
  const server = await startServer();
  const engine = await startEngine(`${server.dataDir}/ceiling.db`);
  const client = dynamoClient(engine.endpoint);
  await createTables(client, { ledger: 'ledger', access: 'access' });
  const bench = new BenchClient(server.demo.paylands);
  const flow = () => bench.flow(randomUUID());
  const alone = () => engineAlone(engine.endpoint, calls);
  await elapsed(WARM_UP, WORKERS, flow);
  await alone();
  bench.samples.clear();
  const flows: number[] = [];
  const ceilings: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    flows.push((FLOWS * 1000) / (await elapsed(FLOWS, WORKERS, flow)));
    ceilings.push((FLOWS * 1000) / (await alone()));
  }
  const ratio = round(median(flows) / median(ceilings));
  print('Full flows (create, save card, charge, refund)', [
    {
      'flows/s': round(median(flows), 1),
      'engine alone, flows/s': round(median(ceilings), 1),
      ratio,
      goal: atLeast('flows/s beside the engine alone', ratio, 0.5),
    },
  ]);
  print('Operations over HTTP under that load, milliseconds', latencies(bench));
  await benchLongRun(bench);
  client.destroy();
  await engine.stop();
  await server.stop();
}

/** All that the functions ask of the engine in so many flows, reads and indexes included. */
async function recordFlows(): Promise<Recorded[]> {
  const engine = await startEngine(null);
  const recorder = await startRecorder(engine.endpoint);
  const server = await startServer({
    DYNAMODB_ENDPOINT: recorder.url,
    ACCESS_CACHE_SECONDS: '600',
    SCHEDULE_SECONDS: '600',
  });
  const bench = new BenchClient(server.demo.paylands);
  await elapsed(WARM_UP, WORKERS, () => bench.flow(randomUUID()));
  recorder.begin();
  await elapsed(FLOWS, WORKERS, () => bench.flow(randomUUID()));
  const calls = [...recorder.taken()];
  await server.stop();
  recorder.stop();
  await engine.stop();
  return calls;
}

/** The very same calls for a merchant that nothing is stored of yet, and nothing but them. */
function engineAlone(url: string, calls: readonly Recorded[]): Promise<number> {
  const other = mintUuid(Date.now());
  return elapsed(calls.length, WORKERS, (index) => replay(url, calls[index], MERCHANT, other));
}

/** Whether it stays as fast as it began. */
async function benchLongRun(bench: BenchClient): Promise<void> {
  const size = Math.ceil(LONG_RUN / PARTS);
  const rates: number[] = [];
  for (let part = 0; part < PARTS; part += 1) {
    const ms = await elapsed(size, WORKERS, () => bench.flow(randomUUID()));
    rates.push((size * 1000) / ms);
  }
  const [first = 0, last = 0] = [rates[0], rates.at(-1)];
  const ratio = round(last / first);
  print(`${LONG_RUN} flows, by parts (BENCH_FLOWS sets how many)`, [
    {
      ...Object.fromEntries(
        rates.map((rate, part) => [`flows/s, part ${part + 1}`, round(rate, 1)]),
      ),
      'last / first': ratio,
      goal: atLeast('the last of many flows beside the first', ratio, 0.9),
    },
  ]);
}

function latencies(bench: BenchClient) {
  return [...bench.samples].map(([operation, samples]) => ({
    operation,
    calls: samples.length,
    p50: round(percentile(samples, 50)),
    p95: round(percentile(samples, 95)),
  }));
}
