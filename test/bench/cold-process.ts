import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { BUNDLE_OPTIONS } from '#infra/aws/bundle.ts';

/** What a new process took, in milliseconds of CPU time. */
export interface ColdStart {
  importMs: number;
  /** The first request, without the import. */
  requestMs: number;
}

const RUNNER = join(import.meta.dirname, 'cold-process.mjs');

/**
 * Starts a bundle in a process of its own, with nothing in its environment but what is given.
 * @throws when the event is not answered with a success
 */
export async function coldStart(
  file: string,
  event?: object,
  environment: Record<string, string> = {},
): Promise<ColdStart> {
  const EVENT = event === undefined ? {} : { EVENT: JSON.stringify(event) };
  const { stdout } = await promisify(execFile)(process.execPath, [RUNNER], {
    env: { ...environment, ...EVENT, BUNDLE: file },
  });
  const { status, ...took } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  if (status >= 300) throw new Error(`${file} answered ${status}: ${stdout}`);
  return took;
}

/** A bundle with only the SDK's client, which reads one item. */
export async function sdkOnly(folder: string): Promise<string> {
  const outfile = join(folder, 'sdk.mjs');
  const contents = `
    import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
    const client = new DynamoDBClient({});
    export const handler = (input) => client.send(new GetItemCommand(input));`;
  const stdin = { contents, resolveDir: process.cwd() };
  await build({ ...BUNDLE_OPTIONS, stdin, outfile, write: true, sourcemap: false });
  return outfile;
}
