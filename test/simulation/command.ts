import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { playerBeside, playerHere, playOnDemand } from './players.ts';
import type { Result } from './run.ts';

const HELP = `Runs the functions in simulated worlds where everything goes wrong.

  npm run simulate -- --seed 7             one run, again exactly as it was
  npm run simulate -- --seed 7 --history   with everything that happened in it
  npm run simulate -- --seed 1 --runs 500  seeds 1 to 500
  npm run simulate -- --seconds 60         seeds that were never tried, for a minute
  npm run simulate -- --runs 500 --until "done 2"  until a finding says that
  npm run simulate -- --seconds 60 --processes 1   with one core; otherwise many runs use all
`;

const REPORT_MS = 10_000;

/** The command; the result is its exit code: 1 when a run has a finding. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      runs: { type: 'string' },
      seconds: { type: 'string' },
      history: { type: 'boolean', default: false },
      until: { type: 'string' },
      processes: { type: 'string' },
      player: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.player) {
    await playOnDemand(values.history);
    return 0;
  }
  const first = numberOf(values.seed) ?? Math.floor(Math.random() * 2 ** 31);
  const runs = numberOf(values.runs) ?? (values.seconds === undefined ? 1 : Infinity);
  const endMs = Date.now() + (numberOf(values.seconds) ?? Infinity) * 1000;
  const processes = runs === 1 ? 1 : (numberOf(values.processes) ?? availableParallelism());
  const { history, until = null } = values;
  return runMany({ first, runs, endMs, processes, showHistory: history, until });
}

interface Options {
  first: number;
  runs: number;
  endMs: number;
  processes: number;
  showHistory: boolean;
  /** Ends with the first finding that this regular expression matches. */
  until: string | null;
}

async function runMany(options: Options): Promise<number> {
  const { first, runs, endMs, processes, showHistory } = options;
  const newPlayer = processes === 1 ? playerHere : playerBeside;
  const players = Array.from({ length: processes }, () => newPlayer(showHistory));
  const startedMs = Date.now();
  const count = { begun: 0, done: 0, failed: 0, reportedMs: startedMs, isFound: false };
  const playAll = players.map(async (player) => {
    while (count.begun < runs && Date.now() < endMs && !count.isFound) {
      count.begun += 1;
      note(count, options, await player.play((first + count.begun - 1) >>> 0));
    }
    player.end();
  });
  await Promise.all(playAll);
  const { done, failed } = count;
  const seconds = (Date.now() - startedMs) / 1000;
  const speed = (done / seconds).toFixed(1);
  line(
    `${done} runs from seed ${first} in ${seconds.toFixed(1)} s, ${speed} runs per second: ` +
      (failed === 0 ? 'no finding' : `${failed} with findings`),
  );
  return failed === 0 ? 0 : 1;
}

interface Count {
  begun: number;
  done: number;
  failed: number;
  reportedMs: number;
  isFound: boolean;
}

function note(count: Count, { showHistory, until }: Options, result: Result): void {
  const { findings } = result;
  count.done += 1;
  if (findings.length > 0) count.failed += 1;
  if (until !== null && findings.some((one) => RegExp(until).test(one))) count.isFound = true;
  if (findings.length > 0 || showHistory) print(result, showHistory);
  if (Date.now() - count.reportedMs < REPORT_MS) return;
  count.reportedMs = Date.now();
  line(`${count.done} runs, ${count.failed} with findings`);
}

function print({ seed, findings, history }: Result, showHistory: boolean): void {
  if (showHistory) line(history);
  for (const finding of findings) line(`seed ${seed}: ${finding}`);
  if (findings.length > 0 && !showHistory) {
    line(`  npm run simulate -- --seed ${seed} --history`);
  }
}

function line(text: string): void {
  process.stdout.write(`${text}\n`);
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) throw new Error(`${text} is not a number`);
  return number;
}
