import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { guarded } from './guarded.ts';

/** A running DynamoDB engine. */
export interface Engine {
  endpoint: string;
  stop(): Promise<void>;
}

/** It makes a new file wait for the disk nine times, which may be busy. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 3000;
/** The first pause before it is started again; each is twice the one before. */
const RELAUNCH_PAUSE_MS = 100;
const MAX_RELAUNCH_PAUSE_MS = 30_000;
/** One that has run for so long is not failing all the time. */
const STEADY_MS = 60_000;
/** Another process may take the port that was free a moment ago. */
const MAX_ATTEMPTS = 3;

/**
 * Starts dynoxide on a free port, on a file or in memory.
 * @throws when it is not installed or does not start
 */
export async function startEngine(file: string | null): Promise<Engine> {
  const binary = findBinary();
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = launch(binary, port, file);
    const failure = await answers(child, port);
    if (failure === null) return engineOf(child, port, () => launch(binary, port, file));
    child.process.kill('SIGKILL');
    const retry = failure.includes('already in use') && attempt < MAX_ATTEMPTS;
    const place = file === null ? '' : ` on ${file}`;
    if (!retry)
      throw new Error(`The database engine did not start${place}: ${plainReason(failure)}`);
  }
}

interface Child {
  process: ChildProcess;
  /** What it wrote to standard error so far. */
  errors(): string;
}

function launch(binary: string, port: number, file: string | null): Child {
  const database = file === null ? [] : ['--db-path', file];
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port), ...database];
  // An orphan would hold on to the file that the next start needs.
  const run = guarded(binary, args);
  // Detached, so that Ctrl+C reaches us first and requests in flight can finish.
  const child = spawn(run.command, run.args, {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    text = (text + chunk).slice(-2000);
  });
  child.stdin?.on('error', () => {});
  child.on('error', (error) => {
    text += error.message;
  });
  return { process: child, errors: () => text.trim() };
}

/** What the engine says of a failure, in a sentence that says what to do. */
function plainReason(text: string): string {
  if (/not a valid SQLite|malformed|corrupt/i.test(text)) {
    return 'the file is damaged or not a database; restore a copy, or move it away to begin anew';
  }
  if (/disk is full|No space left/i.test(text)) return 'the disk is full; make room on it';
  return (text.split('\n').at(-1) ?? '').trim();
}

/** Waits until the engine answers; otherwise says why it does not. */
async function answers(child: Child, port: number): Promise<string | null> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (hasExited(child.process)) return child.errors() || 'it exited at once';
    const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (response?.headers.has('x-dynoxide-version')) return null;
    await sleep(10);
  }
  return 'it does not answer';
}

function engineOf(first: Child, port: number, relaunch: () => Child): Engine {
  let child = first;
  let startedAt = Date.now();
  let pauseMs = RELAUNCH_PAUSE_MS;
  let stopping = false;
  const watch = () =>
    child.process.once('exit', async (code, signal) => {
      if (stopping) return;
      if (Date.now() - startedAt > STEADY_MS) pauseMs = RELAUNCH_PAUSE_MS;
      const reason = plainReason(child.errors()) || (signal ?? `exit code ${code}`);
      const seconds = pauseMs / 1000;
      console.error(
        `The database engine ended (${reason}): starting it again in ${seconds} seconds`,
      );
      await sleep(pauseMs);
      pauseMs = Math.min(MAX_RELAUNCH_PAUSE_MS, pauseMs * 2);
      if (stopping) return;
      child = relaunch();
      startedAt = Date.now();
      watch();
    });
  watch();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop() {
      stopping = true;
      return end(child.process);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (!hasExited(child)) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(force);
  }
  child.stdin?.destroy();
}

function hasExited(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function findBinary(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const path = createRequire(import.meta.url).resolve(`${name}/dynoxide`);
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return binaryOnPath(name);
  }
}

/** The version that this project is tested with, which `npm ci` installs where it can. */
function pinnedVersion(): string {
  const { optionalDependencies } = createRequire(import.meta.url)('../../package.json');
  return String(optionalDependencies['@dynoxide/linux-x64']).replace(/^\^/, '');
}

function binaryOnPath(name: string): string {
  try {
    execFileSync('dynoxide', ['--version'], { stdio: 'ignore' });
    return 'dynoxide';
  } catch {
    throw new Error(
      `The database engine dynoxide is not installed: run \`npm install --no-save ${name}@${pinnedVersion()}\`, ` +
        'put a `dynoxide` binary on the PATH, or set DYNAMODB_ENDPOINT to another engine',
    );
  }
}
