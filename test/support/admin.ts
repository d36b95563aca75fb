import { execFile } from 'node:child_process';
import { expect, vi } from 'vitest';
import { MAX_WIDTH } from '#infra/cli/report.ts';

export interface AdminResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The results of a large file are some megabytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;

// Each command is a process; a test has several.
vi.setConfig({ testTimeout: 120_000 });

/** Runs `npm run admin -- …` with the given environment; no table that it prints is too wide. */
export async function runAdmin(
  environment: Record<string, string>,
  ...args: string[]
): Promise<AdminResult> {
  const result = await runCommand(environment, args);
  if (isTable(args)) expectFits(result.stdout);
  return result;
}

function runCommand(environment: Record<string, string>, args: string[]): Promise<AdminResult> {
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
