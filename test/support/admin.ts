import { execFile } from 'node:child_process';
import { vi } from 'vitest';

export interface AdminResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The results of a large file are some megabytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;

// Each command is a process that loads everything; a test has several.
vi.setConfig({ testTimeout: 120_000 });

/** Runs `npm run admin -- …` with the given environment. */
export function runAdmin(
  environment: Record<string, string>,
  ...args: string[]
): Promise<AdminResult> {
  const env = { ...process.env, ...environment };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['infra/cli/main.ts', ...args],
      { env, maxBuffer: MAX_OUTPUT },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
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
