import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';

/** Where somebody is asked, if anybody is there. */
export interface Terminal {
  input: Readable;
  output: Writable;
  isAttended: boolean;
}

/** What is printed can be piped on, so people are asked beside it. */
function ownTerminal(): Terminal {
  return { input: process.stdin, output: process.stderr, isAttended: process.stdin.isTTY === true };
}

/**
 * Asks before something is done that cannot be undone.
 * @throws when the answer is not yes, and where nobody can be asked
 */
export async function confirm(question: string, terminal = ownTerminal()): Promise<void> {
  const { input, output, isAttended } = terminal;
  if (!isAttended) throw new Error(`${question} Nobody can be asked here: say --yes`);
  const asking = createInterface({ input, output });
  const answer = await asking.question(`${question} [y/N] `);
  asking.close();
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new Error('Nothing was done');
}

/** Has a command ask first, unless it is told `--yes`; null when there is nothing to ask. */
export function asksFirst(
  command: Command,
  question: (args: readonly string[], options: Record<string, unknown>) => string | null,
): Command {
  return command.option('--yes', 'do not ask', false).hook('preAction', async (_, called) => {
    const options = called.opts();
    const text = options.yes === true ? null : question(called.args, options);
    if (text !== null) await confirm(text);
  });
}
