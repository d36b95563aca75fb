import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { lockFile } from './folder-lock.ts';

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
  /** Locked by who uses the folder. */
  lock: string;
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

/**
 * Opens a data folder, making it when there is none. What is in it is for its owner only, whatever
 * the folder was before; what comes is, too, in a process with such a umask.
 */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o600);
  }
  const file = (name: string) => join(resolve(path), name);
  return {
    path: resolve(path),
    database: file('ledger.db'),
    queues: file('queues'),
    mailbox: file('mailbox.jsonl'),
    key: file('local.key'),
    lock: file('lock'),
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
 * Claims the folder for this process, which answers HTTP at a URL. The result gives it free; so
 * does the system when the process ends.
 * @throws when another process uses it
 */
export function claim(folder: DataFolder, url: string): () => void {
  const lock = lockFile(folder.lock);
  if (lock === null) {
    const other = readRunning(folder);
    const who = other === null ? 'another process' : `the server at ${other.url}`;
    const process = other === null ? '' : ` (process ${other.pid})`;
    throw new Error(
      `${folder.path} is in use by ${who}${process}: stop it or set DATA_DIR to another folder`,
    );
  }
  writeJson(folder.runtime, { pid: process.pid, url } satisfies RunningServer);
  return () => {
    rmSync(folder.runtime, { force: true });
    lock.release();
  };
}

/** The process that uses the folder, or null; what a killed process left behind does not count. */
export function findRunning(folder: DataFolder): RunningServer | null {
  const lock = lockFile(folder.lock);
  lock?.release();
  return lock === null ? readRunning(folder) : null;
}

function readRunning(folder: DataFolder): RunningServer | null {
  try {
    return JSON.parse(readFileSync(folder.runtime, 'utf8'));
  } catch {
    return null;
  }
}
