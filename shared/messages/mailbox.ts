import { appendFile, readFile } from 'node:fs/promises';
import type { Message, Send } from './message.ts';

/** A message in the mailbox. */
export type Letter = Message & { at: string };

/** Keeps messages in a file instead of sending them, one JSON text per line. */
export function mailboxMessenger(path: string): Send {
  return async (message) => {
    const letter: Letter = { ...message, at: new Date().toISOString() };
    await appendFile(path, `${JSON.stringify(letter)}\n`, { mode: 0o600 });
  };
}

/** The messages in a mailbox, oldest first. */
export async function lettersIn(path: string): Promise<Letter[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
