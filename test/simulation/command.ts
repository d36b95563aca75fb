import { parseArgs } from 'node:util';
import { type Result, simulate } from './run.ts';

const HELP = `Runs the functions in simulated worlds where everything goes wrong.

  npm run simulate -- --seed 7             one run, again exactly as it was
  npm run simulate -- --seed 7 --history   with everything that happened in it
  npm run simulate -- --seed 1 --runs 500  seeds 1 to 500
  npm run simulate -- --seconds 60         seeds that were never tried, for a minute
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
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const first = numberOf(values.seed) ?? Math.floor(Math.random() * 2 ** 31);
  const runs = numberOf(values.runs) ?? (values.seconds === undefined ? 1 : Infinity);
  const endMs = Date.now() + (numberOf(values.seconds) ?? Infinity) * 1000;
  return runMany({ first, runs, endMs, showHistory: values.history });
}

async function runMany(options: {
  first: number;
  runs: number;
  endMs: number;
  showHistory: boolean;
}): Promise<number> {
  const startedMs = Date.now();
  let reportedMs = startedMs;
  let done = 0;
  let failed = 0;
  while (done < options.runs && Date.now() < options.endMs) {
    const result = await simulate((options.first + done) >>> 0);
    done += 1;
    if (result.findings.length > 0) failed += 1;
    if (result.findings.length > 0 || options.showHistory) print(result, options.showHistory);
    if (Date.now() - reportedMs < REPORT_MS) continue;
    reportedMs = Date.now();
    print1(`${done} runs, ${failed} with findings`);
  }
  const seconds = (Date.now() - startedMs) / 1000;
  const speed = (done / seconds).toFixed(1);
  print1(
    `${done} runs from seed ${options.first} in ${seconds.toFixed(1)} s, ${speed} runs per second: ` +
      (failed === 0 ? 'no finding' : `${failed} with findings`),
  );
  return failed === 0 ? 0 : 1;
}

function print({ seed, findings, history }: Result, showHistory: boolean): void {
  if (showHistory) print1(history);
  for (const finding of findings) print1(`seed ${seed}: ${finding}`);
  if (findings.length > 0 && !showHistory) {
    print1(`  npm run simulate -- --seed ${seed} --history`);
  }
}

function print1(line: string): void {
  process.stdout.write(`${line}\n`);
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) throw new Error(`${text} is not a number`);
  return number;
}
