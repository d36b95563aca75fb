import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the local server keeps everything. */
export interface DataFolder {
  path: string;
  /** The tables. */
  database: string;
  /** The queues. */
  queues: string;
  /** Mail and SMS that were sent. */
  mailbox: string;
  /** What protects the data key. */
  key: string;
  /** Who uses the folder now, and where its engines are. */
  runtime: string;
  /** What a client needs to call the demo merchant. */
  demo: string;
}

/** The process that uses a data folder. */
export interface RunningServer {
  pid: number;
  /** Answers HTTP as long as the process lives. */
  url: string;
  /** Absent while the process starts. */
  engines?: Engines;
}

/** Where the engines of a running server are. */
export interface Engines {
  dynamodb: string;
  sqs: string;
  queues: Readonly<Record<string, string>>;
}

/** Opens a data folder, making it when there is none. */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const file = (name: string) => join(resolve(path), name);
  return {
    path: resolve(path),
    database: file('ledger.db'),
    queues: file('queues'),
    mailbox: file('mailbox.jsonl'),
    key: file('local.key'),
    runtime: file('runtime.json'),
    demo: file('demo.json'),
  };
}

/** Writes a JSON file that is always whole, and readable by its owner only. */
export function writeJson(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/**
 * Claims the folder for this process, which answers HTTP at a URL.
 * @throws when another process uses it
 */
export async function claim(folder: DataFolder, url: string): Promise<void> {
  const other = await findRunning(folder);
  if (other !== null && other.pid !== process.pid) {
    throw new Error(
      `${folder.path} is in use by the server at ${other.url} (process ${other.pid}): ` +
        'stop it or set DATA_DIR to another folder',
    );
  }
  writeJson(folder.runtime, { pid: process.pid, url } satisfies RunningServer);
}

export function release(folder: DataFolder): void {
  rmSync(folder.runtime, { force: true });
}

/** The process that uses the folder, or null; what a killed process left behind does not count. */
export async function findRunning(folder: DataFolder): Promise<RunningServer | null> {
  const server = readRunning(folder);
  if (server === null || !isAlive(server.pid)) return null;
  return (await isAnswering(server.url)) ? server : null;
}

function readRunning(folder: DataFolder): RunningServer | null {
  try {
    return JSON.parse(readFileSync(folder.runtime, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Process numbers are used again, so a living process alone proves nothing. */
async function isAnswering(url: string): Promise<boolean> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const signal = AbortSignal.timeout(1000);
    const response = await fetch(url, { signal }).catch(() => null);
    if (response !== null) return true;
    await sleep(50);
  }
  return false;
}
