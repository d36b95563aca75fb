import { randomUUID } from 'node:crypto';
import { startEngine } from '#infra/local/engine.ts';
import { createTables } from '#infra/local/tables.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ceiling } from './ceiling.ts';
import { BenchClient } from './client.ts';
import { startServer } from './server.ts';
import { elapsed, median, percentile, print, round } from './stats.ts';

const FLOWS = 400;
const WORKERS = 16;
/** Rounds alternate between both sides, so that a noisy neighbour disturbs both. */
const ROUNDS = 3;

/** Full flows per second over HTTP, beside what the engine alone can do. */
export async function benchThroughput(): Promise<void> {
  const server = await startServer();
  const engine = await startEngine(`${server.dataDir}/ceiling.db`);
  const client = dynamoClient(engine.endpoint);
  await createTables(client, { ledger: 'ledger', access: 'access' });
  const bench = new BenchClient(server.demo.paylands);
  const flow = () => bench.flow(randomUUID());
  await elapsed(100, WORKERS, flow);
  bench.samples.clear();
  const flows: number[] = [];
  const ceilings: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    flows.push((FLOWS * 1000) / (await elapsed(FLOWS, WORKERS, flow)));
    ceilings.push(await ceiling(client, 'ledger', FLOWS, WORKERS));
  }
  print('Full flows (create, save card, charge, refund)', [
    {
      'flows/s': round(median(flows), 1),
      'engine alone, flows/s': round(median(ceilings), 1),
      ratio: round(median(flows) / median(ceilings)),
      goal: '>= 0.5',
    },
  ]);
  print('Operations over HTTP under that load, milliseconds', latencies(bench));
  client.destroy();
  await engine.stop();
  await server.stop();
}

function latencies(bench: BenchClient) {
  return [...bench.samples].map(([operation, samples]) => ({
    operation,
    calls: samples.length,
    p50: round(percentile(samples, 50)),
    p95: round(percentile(samples, 95)),
  }));
}
