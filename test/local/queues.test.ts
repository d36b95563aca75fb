import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { startQueueEngine } from '#infra/local/queues.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

test('a message does not wait for the disk', async () => {
  using folder = temporaryFolder();
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  const own = DatabaseSync.prototype.exec;
  const engine = await startQueueEngine(folder.path);
  const asked = exec.mock.calls.map(([sql]) => sql);
  expect(asked.indexOf('PRAGMA synchronous = NORMAL')).toBe(
    asked.indexOf('PRAGMA journal_mode = WAL') + 1,
  );
  expect(DatabaseSync.prototype.exec).toBe(own);
  await engine.stop();
  vi.restoreAllMocks();
});
