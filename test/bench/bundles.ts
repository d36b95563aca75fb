import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUDGET_BYTES, bundle } from '#infra/aws/bundle.ts';
import { coldStart, sdkOnly } from './cold-process.ts';
import { atMost } from './goals.ts';
import { median, print, round } from './stats.ts';

const RUNS = 15;

/** What a function may take to load, beside a bundle with only the SDK client. */
const IMPORT_RATIO = 1.35;

/** Every bundle's size, and its import time beside a bundle with only the SDK client in it. */
export async function benchBundles(): Promise<void> {
  const reports = await bundle();
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const sdk = await sdkOnly(folder);
  const files = [sdk, ...reports.map((report) => report.file)];
  const times = new Map<string, number[]>(files.map((file) => [file, []]));
  // Rounds over all files, so that a noisy moment disturbs every one of them.
  for (let run = 0; run < RUNS; run += 1) {
    for (const file of files) times.get(file)?.push((await coldStart(file)).importMs);
  }
  rmSync(folder, { recursive: true });
  const sdkMs = median(times.get(sdk) ?? []);
  const rows = reports.map(({ path, file, bytes }) => {
    const ms = median(times.get(file) ?? []);
    return {
      bundle: path,
      KB: round(bytes / 1024, 1),
      'import ms of CPU': round(ms),
      ratio: round(ms / sdkMs),
    };
  });
  const ratios = rows.map(({ ratio }) => ratio);
  const over = ratios.filter((ratio) => ratio > IMPORT_RATIO).length;
  print(
    `Bundles (budget ${BUDGET_BYTES / 1024} KB; SDK client alone ${round(sdkMs)} ms; median ${median(ratios)}, ${over} over the goal of ${IMPORT_RATIO})`,
    rows.toSorted((one, other) => other.ratio - one.ratio),
  );
  const worst = rows.reduce((one, other) => (one.ratio > other.ratio ? one : other));
  atMost(`import of ${worst.bundle} beside the SDK client alone`, worst.ratio, IMPORT_RATIO);
  for (const { bundle, KB } of rows) atMost(`KB of ${bundle}`, KB, BUDGET_BYTES / 1024);
}
