import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUDGET_BYTES, BUNDLE_OPTIONS, bundle } from '#infra/aws/bundle.ts';
import { atMost } from './goals.ts';
import { median, print, round } from './stats.ts';

const RUNS = 15;

/** Every bundle's size, and its import time beside a bundle with only the SDK client in it. */
export async function benchBundles(): Promise<void> {
  const reports = await bundle();
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const sdk = await sdkOnly(folder);
  const files = [sdk, ...reports.map((report) => report.file)];
  const times = new Map<string, number[]>(files.map((file) => [file, []]));
  // Rounds over all files, so that a noisy moment disturbs every one of them.
  for (let run = 0; run < RUNS; run += 1) {
    for (const file of files) times.get(file)?.push(importMs(file));
  }
  const sdkMs = median(times.get(sdk) ?? []);
  const rows = reports.map(({ path, file, bytes }) => {
    const ms = median(times.get(file) ?? []);
    return {
      bundle: path,
      KB: round(bytes / 1024, 1),
      'import ms': round(ms),
      ratio: round(ms / sdkMs),
    };
  });
  print(
    `Bundles (budget ${BUDGET_BYTES / 1024} KB; SDK client alone ${round(sdkMs)} ms, goal <= ${IMPORT_RATIO})`,
    rows.toSorted((one, other) => other.ratio - one.ratio),
  );
  const worst = rows.reduce((one, other) => (one.ratio > other.ratio ? one : other));
  atMost(`import of ${worst.bundle} beside the SDK client alone`, worst.ratio, IMPORT_RATIO);
  for (const { bundle, KB } of rows) atMost(`KB of ${bundle}`, KB, MAX_KB);
  rmSync(folder, { recursive: true });
}

/** What a function may take to load, beside a bundle with only the SDK client. */
const IMPORT_RATIO = 1.35;
const MAX_KB = 330;

async function sdkOnly(folder: string): Promise<string> {
  const outfile = join(folder, 'sdk.mjs');
  const contents = `
    import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
    export const handler = () => new DynamoDBClient({}).send(new TransactWriteItemsCommand({}));`;
  const stdin = { contents, resolveDir: process.cwd() };
  await build({ ...BUNDLE_OPTIONS, stdin, outfile, write: true, sourcemap: false });
  return outfile;
}

/** In a process of its own, as a cold start does; the time is taken before anything is printed. */
function importMs(file: string): number {
  const script = `const started = performance.now();
    await import(${JSON.stringify(file)});
    const ms = performance.now() - started;
    console.log(ms);`;
  const args = ['--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}
