import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '#infra/local/engine.ts';
import { BenchClient } from './client.ts';
import { countConflicts, type Life, sharedItems } from './conflict-rules.ts';
import { atMost } from './goals.ts';
import { startRecorder } from './recorder.ts';
import { startServer } from './server.ts';
import { print, round } from './stats.ts';
import { writtenBy } from './write-units.ts';

/** So many orders are recorded; those that are simulated live like them. */
const RECORDED = 40;
const RATES = [10, 100, 1000];
const SECONDS = 60;
const HOLD_MS = [10, 15] as const;
/** A client creates, saves a card, pays and refunds without a pause. */
const PAUSE_MS = 5;

/** How often the orders of one busy merchant would meet in DynamoDB. */
export async function benchConflicts(): Promise<void> {
  const lives = await recordLives();
  const shared = [...sharedItems(lives)];
  const rows = RATES.map((ordersPerSecond) => {
    const random = Math.random;
    const load = { ordersPerSecond, seconds: SECONDS, holdMs: HOLD_MS, pauseMs: PAUSE_MS, random };
    const { writes, conflicts } = countConflicts(lives, load);
    return {
      'orders/s of one merchant': ordersPerSecond,
      writes,
      conflicts,
      '%': round((conflicts * 100) / writes),
      goal: atMost(`conflicts at ${ordersPerSecond} orders/s`, conflicts, 0),
    };
  });
  const names = shared.length === 0 ? 'none' : shared.join(', ');
  print(`Conflicts by DynamoDB's rules, simulated (items that orders share: ${names})`, rows);
}

/** What each of so many full flows of one merchant writes, one flow after the other. */
async function recordLives(): Promise<Life[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const recorder = await startRecorder(engine.endpoint);
  const server = await startServer({
    DYNAMODB_ENDPOINT: recorder.url,
    ACCESS_CACHE_SECONDS: '600',
    SCHEDULE_SECONDS: '600',
  });
  const bench = new BenchClient(server.demo.paylands);
  const lives: Life[] = [];
  await bench.flow(randomUUID());
  for (let index = 0; index < RECORDED; index += 1) {
    recorder.begin();
    await bench.flow(randomUUID());
    lives.push(recorder.taken().flatMap(({ target, body }) => setOf(target, body)));
  }
  await server.stop();
  recorder.stop();
  await engine.stop();
  return lives;
}

function setOf(target: string, body: string): Life {
  const { isTransaction, writes } = writtenBy(target.split('.')[1] ?? '', body);
  if (writes.length === 0) return [];
  const items = writes.map(({ write: { Item, Key } }) => {
    const key = Item ?? Key;
    return `${key?.pk?.S} ${key?.sk?.S}`;
  });
  return [{ items, isTransaction }];
}
