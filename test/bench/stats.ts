/** The value below which so many per cent of the samples lie. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const index = Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length));
  return sorted[index] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 50);
}

/** Runs a task so many times, by so many workers side by side, and returns the milliseconds. */
export async function elapsed(
  times: number,
  workers: number,
  task: (index: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const work = async () => {
    while (next < times) {
      const index = next;
      next += 1;
      await task(index);
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: workers }, work));
  return performance.now() - startedMs;
}

/** Prints rows of named columns. */
export function print(title: string, rows: readonly Record<string, string | number>[]): void {
  process.stdout.write(`\n${title}\n`);
  console.table(rows);
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
