import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

vi.setConfig({ testTimeout: 120_000 });

function reset(folder: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATA_DIR: folder };
  return new Promise((resolve) => {
    execFile(process.execPath, ['infra/local/reset.ts', ...args], { env }, (error, out, problem) =>
      resolve({ code: Number(error?.code ?? 0), said: (out + problem).trim() }),
    );
  });
}

test('npm run reset deletes the data, once somebody agrees and no server uses it', async () => {
  using folder = temporaryFolder();
  const server = await startProcess(folder.path);
  const { apiKey } = server.demo.paylands;
  const used = await reset(folder.path, '--yes');
  expect(used).toMatchObject({ code: 1, said: expect.stringContaining('is in use by the server') });
  await server.end('SIGTERM');
  writeFileSync(join(folder.path, 'notes.txt'), 'not of the server');
  const asked = await reset(folder.path);
  expect(asked).toMatchObject({ code: 1, said: expect.stringContaining('say --yes') });
  expect(existsSync(join(folder.path, 'ledger.db'))).toBe(true);
  expect((await reset(folder.path, '--yes')).said).toContain('the next start begins anew');
  expect(readdirSync(folder.path)).toEqual(['notes.txt']);
  expect((await reset(folder.path, '--yes')).said).toBe(`There is no data in ${folder.path}.`);
  const anew = await startProcess(folder.path);
  expect(anew.demo.paylands.apiKey).not.toBe(apiKey);
  await anew.end('SIGTERM');
});
