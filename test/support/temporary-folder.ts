import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where files are in memory, on Linux. */
const MEMORY = '/dev/shm';
/** In bytes; containers often have 64 MB. */
const ENOUGH_MEMORY = 2 ** 30;

/**
 * An empty data folder that is removed afterwards; in memory where there is enough, because writers
 * wait for a disk that others keep busy.
 */
export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(hasMemory() ? MEMORY : tmpdir(), 'pasarela-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function hasMemory(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ENOUGH_MEMORY;
}
