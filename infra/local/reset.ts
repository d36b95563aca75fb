import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { confirm } from '#infra/cli/confirm.ts';
import { claim, type DataFolder, openDataFolder } from './data-folder.ts';

/**
 * Deletes what a local server keeps in a folder, its key and its database among them, and nothing
 * else that may be there. The next start begins anew.
 * @throws when a server uses the folder
 */
export function reset(folder: DataFolder): void {
  const release = claim(folder, 'the reset');
  const { lock, runtime, database } = folder;
  const files = [folder.queues, folder.mailbox, folder.key, folder.demo, ...sideFiles(database)];
  for (const path of files) rmSync(path, { recursive: true, force: true });
  release();
  for (const path of [runtime, ...sideFiles(lock)]) rmSync(path, { force: true });
  if (readdirSync(folder.path).length === 0) rmdirSync(folder.path);
}

/** SQLite keeps files beside a database while it works on it. */
function sideFiles(path: string): string[] {
  return ['', '-wal', '-shm', '-journal'].map((end) => path + end);
}

/** What marks a folder as one of a local server: reset by mistake, any other would lose files. */
function isOurs(path: string): boolean {
  return existsSync(join(path, 'local.key')) || existsSync(join(path, 'ledger.db'));
}

/** `npm run reset`: asks first, or wants `--yes`. */
export async function runReset(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({ args: [...args], options: { yes: { type: 'boolean' } } });
  const path = process.env.DATA_DIR || '.data';
  if (!isOurs(path)) return `There is no data in ${path}.`;
  const question = `Delete all merchants, orders and keys in ${path}?`;
  if (values.yes !== true) await confirm(question);
  reset(openDataFolder(path));
  return `${path} is empty: the next start begins anew.`;
}

if (import.meta.main) {
  runReset(process.argv.slice(2)).then(console.log, (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
