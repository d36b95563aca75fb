import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '#infra/local/demo.ts';

/** For what never happens, however slow the machine. */
const START_TIMEOUT_MS = 60_000;

/** A local server in a process of its own, that can be stopped and killed. */
export interface LocalProcess {
  pid: number;
  demo: Demo;
  /** What it wrote so far, to both outputs. */
  output(): string;
  /** Sends a signal and waits for the end; the result is the exit code, null after a kill. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

/** Runs `npm start` on a data folder and a free port, and waits until it is ready. */
export async function startProcess(
  dataDir: string,
  environment: Record<string, string> = {},
): Promise<LocalProcess> {
  const child = runLocal(dataDir, environment);
  const output = collect(child);
  const demo = await readyDemo(child, dataDir, output).catch((error: unknown) => {
    // Nobody else knows of it, and it would stay for ever.
    child.kill('SIGKILL');
    throw error;
  });
  return {
    pid: child.pid ?? 0,
    demo,
    output,
    async end(signal) {
      const exited = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await exited;
      }
      return child.exitCode;
    },
  };
}

/** Runs `npm start` where it is expected to fail; the result is what it said. */
export async function failedStart(
  dataDir: string,
  environment: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  const child = runLocal(dataDir, environment);
  const output = collect(child);
  await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

/** What `npm start` gives Node. */
export const START_ARGUMENTS: readonly string[] = JSON.parse(readFileSync('package.json', 'utf8'))
  .scripts.start.split(' ')
  .slice(1);

function runLocal(dataDir: string, environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, START_ARGUMENTS, {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
  }
  return () => text;
}

async function readyDemo(
  child: ChildProcess,
  dataDir: string,
  output: () => string,
): Promise<Demo> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!output().includes('listens on')) {
    if (child.exitCode !== null) throw new Error(`The server ended: ${output()}`);
    if (Date.now() > deadline) throw new Error(`The server is not ready: ${output()}`);
    await sleep(20);
  }
  return JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'));
}
