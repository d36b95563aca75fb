import { type ChildProcess, execFile, fork } from 'node:child_process';
import { expect } from 'vitest';
import { MAX_WIDTH } from '#infra/cli/report.ts';
import type { AdminAnswer, AdminCall } from './admin-host.ts';

export type AdminResult = Omit<AdminAnswer, 'id'>;

/** The results of a large file are some megabytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** What no server of a test has been started in. */
const untouched = { ...process.env };

/** A process that runs the commands of tests one after the other: most of each is its start. */
let host: ChildProcess | null = null;
const waiting = new Map<number, (answer: AdminAnswer) => void>();
let calls = 0;

function startHost(): ChildProcess {
  const options = { execArgv: [], env: untouched };
  const child = fork(`${import.meta.dirname}/admin-host.ts`, options);
  child.on('message', (answer: AdminAnswer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on('exit', (code) => {
    const stderr = `The process of the commands ended with ${code}`;
    for (const [id, answer] of waiting) answer({ id, code: -1, stdout: '', stderr });
  });
  return child;
}

/** Runs `npm run admin -- …` with the given environment; no table that it prints is too wide. */
export async function runAdmin(
  environment: Record<string, string>,
  ...args: string[]
): Promise<AdminResult> {
  calls += 1;
  const call: AdminCall = { id: calls, args, environment };
  const { promise, resolve } = Promise.withResolvers<AdminAnswer>();
  waiting.set(call.id, resolve);
  host ??= startHost();
  host.send(call);
  const { id: _id, ...result } = await promise;
  if (isTable(args)) expectFits(result.stdout);
  return result;
}

/** The same in a process of its own, as users do, and side by side with others. */
export function runAdminAlone(
  environment: Record<string, string>,
  ...args: string[]
): Promise<AdminResult> {
  const options = { env: { ...process.env, ...environment }, maxBuffer: MAX_OUTPUT };
  return new Promise((resolve) => {
    execFile(process.execPath, ['infra/cli/main.ts', ...args], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

function isTable(args: readonly string[]): boolean {
  return args.includes('list') || args.includes('show');
}

/** Nobody's terminal breaks a row of a table, whatever is in it. */
function expectFits(text: string): void {
  const tooLong = text.split('\n').filter((line) => line.length > MAX_WIDTH);
  if (!text.startsWith('{') && !text.startsWith('[')) expect(tooLong).toEqual([]);
}

/** Runs a command that is expected to work; the result is its JSON. */
export async function adminJson(
  environment: Record<string, string>,
  ...args: string[]
): Promise<Record<string, string>> {
  const { code, stdout, stderr } = await runAdmin(environment, ...args, '--json');
  if (code !== 0) throw new Error(`admin ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout);
}
