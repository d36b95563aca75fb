import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fullDisk } from '#infra/local/full-disk.ts';
import { eventually } from '#test/support/eventually.ts';
import { failedStart, startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

/** A small disk in memory, which only root can mount; null without it. */
function smallDisk(path: string, size: string): { [Symbol.dispose](): void } | null {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
  if (status !== 0) return null;
  return { [Symbol.dispose]: () => void spawnSync('umount', ['-l', path]) };
}

function canMount(): boolean {
  using folder = temporaryFolder();
  using disk = smallDisk(folder.path, '1m');
  return disk !== null;
}

/** Writes until nothing more fits. */
function fill(folder: string): string {
  const file = join(folder, 'fill');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(file, Buffer.alloc(bavail * bsize));
  return file;
}

test('a folder with room is not called full', () => {
  using folder = temporaryFolder();
  expect(fullDisk(folder.path)).toBeNull();
});

describe.skipIf(!canMount())('a disk that is full', { timeout: 90_000 }, () => {
  test('keeps the server from starting, which says so in one sentence', async () => {
    using folder = temporaryFolder();
    using _disk = smallDisk(folder.path, '700k');
    const { code, output } = await failedStart(folder.path);
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      expect.stringContaining(`The disk of ${folder.path} is full: make room on it`),
    ]);
  });

  test('is said while the server runs, and when there is room again', async () => {
    using folder = temporaryFolder();
    using _disk = smallDisk(folder.path, '8m');
    const server = await startProcess(folder.path);
    const file = fill(folder.path);
    await eventually(() => {
      expect(server.output()).toContain(`The disk of ${folder.path} is full`);
    });
    rmSync(file);
    await eventually(() => {
      expect(server.output()).toContain(`There is room on the disk of ${folder.path} again`);
    });
    await server.end('SIGTERM');
  });
});
