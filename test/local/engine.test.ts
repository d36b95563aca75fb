import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openDataFolder } from '#infra/local/data-folder.ts';
import { startEngine } from '#infra/local/engine.ts';
import { prepareSdk } from '#infra/local/environment.ts';
import { createTables, startTables } from '#infra/local/tables.ts';
import { dynamoClient } from '#store/core/client.ts';
import { eventually } from '#test/support/eventually.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const NAMES = { ledger: 'ledger', access: 'access' };

/** Process numbers of the engines that work on a file. */
async function enginesOf(file: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid,args']);
  const lines = stdout.split('\n').filter((line) => line.includes(file) && !line.includes('sh -c'));
  return lines.map((line) => Number.parseInt(line, 10));
}

async function tablesAt(endpoint: string): Promise<string[] | undefined> {
  const client = dynamoClient(endpoint);
  const { TableNames } = await client.send(new ListTablesCommand());
  client.destroy();
  return TableNames;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('startEngine', () => {
  prepareSdk(true);

  test('keeps its tables in the file, and creates them once', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'ledger.db');
    for (const _start of ['first', 'second']) {
      const engine = await startEngine(file);
      await createTables(dynamoClient(engine.endpoint), NAMES);
      expect((await tablesAt(engine.endpoint))?.sort()).toEqual(['access', 'ledger']);
      await engine.stop();
    }
    expect(await enginesOf(file)).toEqual([]);
  });

  test('is waited for while its disk is busy', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'ledger.db');
    await using resources = new AsyncDisposableStack();
    const engine = await startEngine(file);
    resources.defer(() => engine.stop());
    const [pid = 0] = await enginesOf(file);
    process.kill(pid, 'SIGSTOP');
    const ready = startTables(openDataFolder(folder.path), engine.endpoint, resources);
    // Longer than a payment would wait, with all its attempts.
    await sleep(10_000);
    process.kill(pid, 'SIGCONT');
    await ready;
    expect((await tablesAt(engine.endpoint))?.sort()).toEqual(['access', 'ledger']);
  });

  test('starts again when it dies', async () => {
    using folder = temporaryFolder();
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const file = join(folder.path, 'ledger.db');
    const engine = await startEngine(file);
    await createTables(dynamoClient(engine.endpoint), NAMES);
    const [pid = 0] = await enginesOf(file);
    process.kill(pid, 'SIGKILL');
    await eventually(async () => expect(await tablesAt(engine.endpoint)).toHaveLength(2));
    expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('starting it again'));
    await engine.stop();
    expect(await enginesOf(file)).toEqual([]);
  });

  test('says what is wrong with the file', async () => {
    await expect(startEngine('/nonexistent/ledger.db')).rejects.toThrow(
      /did not start on .nonexistent.ledger.db: .*unable to open database file/,
    );
  });

  test('says what to install when there is none', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    vi.spyOn(process, 'arch', 'get').mockReturnValue('mips');
    await expect(startEngine(null)).rejects.toThrow(
      /is not installed: run `npm install --no-save .*-mips@\d+\.\d+\.\d+`/,
    );
  });
});
