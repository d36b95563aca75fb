import type { Command } from 'commander';
import type { Report } from './report.ts';
import { openTarget, type Target, type TargetOptions } from './target.ts';

/** What a command works with. */
export interface Invocation<O> {
  target: Target;
  args: string[];
  options: O & { json?: boolean };
}

/** Runs a command on its target and prints what it reports. */
export function action<O = Record<string, never>>(
  run: (invocation: Invocation<O>) => Promise<Report>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<O & TargetOptions & { json?: boolean }>();
    const resources = new AsyncDisposableStack();
    try {
      const target = await openTarget(options, resources);
      const report = await run({ target, args: command.args, options });
      console.log(options.json === true ? JSON.stringify(report.json, null, 2) : report.text);
    } finally {
      await resources.disposeAsync();
    }
  };
}

/** A failure in one plain sentence. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = KNOWN.find(([name]) => name === error.name);
  if (known !== undefined) return known[1];
  return error.message === '' ? error.name : error.message;
}

const KNOWN: readonly [name: string, sentence: string][] = [
  ['ResourceNotFoundException', 'There is no such deployment: check the stage and the region.'],
  [
    'NotFoundException',
    'The key of this deployment does not exist: check the stage and the region.',
  ],
  ['CredentialsProviderError', 'There are no AWS credentials: sign in, or set AWS_PROFILE.'],
  ['AccessDeniedException', 'These AWS credentials are not allowed to do this.'],
  ['ExpiredTokenException', 'These AWS credentials have expired: sign in again.'],
  ['UnrecognizedClientException', 'AWS does not know these credentials.'],
];
