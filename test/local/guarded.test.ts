import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { guarded } from '#infra/local/guarded.ts';

const PROGRAM = 'console.log(process.pid); setInterval(() => {}, 1000)';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Runs a program under guard; the result is its own process id. */
async function start(platform: NodeJS.Platform) {
  const { command, args } = guarded(process.execPath, ['-e', PROGRAM], platform);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { child, pid: Number(line) };
}

test.each(['linux', 'win32'] as const)('a program ends with its input, as on %s', async (on) => {
  const { child, pid } = await start(on);
  expect(isAlive(pid)).toBe(true);
  child.stdin.destroy();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test.each(['linux', 'win32'] as const)(
  'a program ends when it is told to, as on %s',
  async (on) => {
    const { child, pid } = await start(on);
    child.kill('SIGTERM');
    await expect.poll(() => isAlive(pid)).toBe(false);
  },
);

test('a program that is not there says so', async () => {
  const { command, args } = guarded('/nowhere', [], 'win32');
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  const [said] = await once(child.stderr, 'data');
  expect(String(said)).toContain('ENOENT');
  expect((await once(child, 'exit'))[0]).toBe(1);
});
