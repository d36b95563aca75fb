import { parseArgs } from 'node:util';
import { type Result, simulate } from './run.ts';
import { watchProcess } from './watch-process.ts';

const HELP = `Runs the functions in simulated worlds where everything goes wrong.

  npm run simulate -- --seed 7             one run, again exactly as it was
  npm run simulate -- --seed 7 --history   with everything that happened in it
  npm run simulate -- --seed 1 --runs 500  seeds 1 to 500
  npm run simulate -- --seconds 60         seeds that were never tried, for a minute
  npm run simulate -- --runs 500 --until "done 2"  until a finding says that
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
  return runMany({ first, runs, endMs, showHistory: values.history, until: values.until ?? null });
}

async function runMany(options: {
  first: number;
  runs: number;
  endMs: number;
  showHistory: boolean;
  /** Ends with the first finding that this regular expression matches. */
  until: string | null;
}): Promise<number> {
  const watch = watchProcess(line);
  const startedMs = Date.now();
  let reportedMs = startedMs;
  let done = 0;
  let failed = 0;
  let isFound = false;
  while (done < options.runs && Date.now() < options.endMs && !isFound) {
    const seed = (options.first + done) >>> 0;
    watch.begins(seed);
    const played = await simulate(seed);
    const result = { ...played, findings: [...played.findings, ...watch.ends()] };
    done += 1;
    const { until } = options;
    if (result.findings.length > 0) failed += 1;
    isFound = until !== null && result.findings.some((finding) => RegExp(until).test(finding));
    if (result.findings.length > 0 || options.showHistory) print(result, options.showHistory);
    if (Date.now() - reportedMs < REPORT_MS) continue;
    reportedMs = Date.now();
    line(`${done} runs, ${failed} with findings, ${megabytes()} MB`);
  }
  watch.stop();
  const seconds = (Date.now() - startedMs) / 1000;
  const speed = (done / seconds).toFixed(1);
  line(
    `${done} runs from seed ${options.first} in ${seconds.toFixed(1)} s, ${speed} runs per second: ` +
      (failed === 0 ? 'no finding' : `${failed} with findings`),
  );
  return failed === 0 ? 0 : 1;
}

function print({ seed, findings, history }: Result, showHistory: boolean): void {
  if (showHistory) line(history);
  for (const finding of findings) line(`seed ${seed}: ${finding}`);
  if (findings.length > 0 && !showHistory) {
    line(`  npm run simulate -- --seed ${seed} --history`);
  }
}

function megabytes(): number {
  return Math.round(process.memoryUsage.rss() / 2 ** 20);
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
