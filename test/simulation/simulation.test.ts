import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';

interface Ended {
  code: number;
  text: string;
  problem: string;
}

/** Takes over clock, timers and random numbers of its process, so it needs one of its own. */
function simulation(script: string, ...args: string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  execFile(
    process.execPath,
    [`${import.meta.dirname}/${script}`, ...args],
    { maxBuffer: 64 * 1024 * 1024 },
    (error, text, problem) =>
      resolve({ code: error === null ? 0 : Number(error.code), text, problem }),
  );
  return promise;
}

/** Without the last line, which says how long it took. */
const historyIn = (text: string) => text.split('\n').slice(0, -2).join('\n');

describe('the simulation', { timeout: 240_000 }, () => {
  it('has no finding in worlds where everything goes wrong', async () => {
    const { code, text, problem } = await simulation('main.ts', '--seed', '1', '--runs', '12');
    expect(text, problem).toContain('no finding');
    expect(code).toBe(0);
  });

  it('gives the same history for the same seed, in another process and after other runs', async () => {
    const alone = await simulation('main.ts', '--seed', '8', '--history');
    const both = ['--seed', '7', '--runs', '2', '--processes', '1'];
    const again = await simulation('main.ts', ...both, '--history');
    expect(historyIn(alone.text).length).toBeGreaterThan(1000);
    expect(historyIn(again.text)).toContain(historyIn(alone.text));
  });

  it('finds the request that charges twice when what prevents it is taken out', async () => {
    const twice = '^(pay|charge|refund|payout) .*: asked for 1 times at most, done 2 times';
    const args = ['--seed', '1', '--runs', '100', '--until', twice];
    const { text, problem } = await simulation('without-the-fix.ts', ...args);
    expect(text, problem).toMatch(new RegExp(twice.replace('^', '^seed \\d+: '), 'm'));
  });
});
