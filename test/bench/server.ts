import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '#infra/local/demo.ts';
import { START_ARGUMENTS } from '#test/support/local-process.ts';

/** The local server in a process of its own, as a user starts it. */
export interface Server {
  demo: Demo;
  dataDir: string;
  /** How long its process has been at work so far, on Linux: what no neighbour disturbs. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** Of what the system counts time in: hundredths of a second. */
const TICKS = 100;

function cpuSecondsOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Starts the server on a new data folder and waits until it is ready. */
export async function startServer(environment: NodeJS.ProcessEnv = {}): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const child = spawn(process.execPath, START_ARGUMENTS, {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const file = join(dataDir, 'demo.json');
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error('The server did not start');
    await sleep(20);
  }
  return {
    demo: JSON.parse(readFileSync(file, 'utf8')),
    dataDir,
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(dataDir, { recursive: true });
    },
  };
}
