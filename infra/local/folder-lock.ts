import { DatabaseSync } from 'node:sqlite';

/** A lock of a file that only one process can have. */
export interface FolderLock {
  release(): void;
}

/** What SQLite answers while somebody else has the lock. */
const SQLITE_BUSY = 5;

/** Longer than others take to see whether it is taken. */
const PATIENCE_MS = 500;

/**
 * Takes the lock of a file, which the system gives free when this process ends, however it ends;
 * null while another one has it. Node has no locks of files, but SQLite holds one for the time of a
 * transaction.
 */
export function lockFile(path: string): FolderLock | null {
  const database = new DatabaseSync(path, { timeout: PATIENCE_MS });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: unknown }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
  return { release: () => database.close() };
}
