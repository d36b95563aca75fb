import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchReport } from '#administration/batches.ts';
import { adminJson, runAdmin } from '#test/support/admin.ts';
import { Client } from '#test/support/client.ts';
import { type LocalProcess, startProcess } from '#test/support/local-process.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const folder = temporaryFolder();
const environment = { DATA_DIR: folder.path };
let server: LocalProcess;
let client: Client;

beforeAll(async () => {
  server = await startProcess(folder.path, { SCHEDULE_SECONDS: '0.3', LOG_LEVEL: 'silent' });
  client = new Client(server.demo.paylands);
});
afterAll(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

const admin = (...args: string[]) => runAdmin(environment, ...args);
const json = (...args: string[]) => adminJson(environment, ...args);

describe('device', () => {
  test('creates and lists terminals, which tills then find', async () => {
    const { credorax = '', redsys = '' } = client.credentials.services;
    const till = await json(
      ...['device', 'create', 'Demo', '--service', credorax.toLowerCase()],
      ...['--terminal-id', `counter ${'2'.repeat(60)}`],
    );
    expect(till).toMatchObject({ service: credorax, communication: 'SIMULATION', active: true });
    expect(till.id).toMatch(/^[0-9a-f]{24}$/);
    const said = await admin(
      ...['device', 'create', 'Demo', '--service', redsys, '--communication', 'SOCKET'],
    );
    const [, socket = ''] = /^The device (\w{24}) was created\.\n$/.exec(said.stdout) ?? [];
    const { stdout } = await admin('device', 'list', 'Demo');
    expect(stdout).toMatch(/^DEVICE +COMMUNICATION +SERVICE +TERMINAL +ACTIVE$/m);
    expect(stdout).toMatch(
      new RegExp(`^${till.id} +SIMULATION +${credorax} +counter 2+… +yes$`, 'm'),
    );
    expect(stdout).toMatch(new RegExp(`^${socket} +SOCKET`, 'm'));
    const listed: unknown = await json('device', 'list', 'Demo');
    expect(listed).toHaveLength(3);
    const { text } = await client.get('/posms/devices');
    expect(text).toContain(till.id);
  });

  test('takes a terminal out of use, puts it back, and deletes it once somebody agrees', async () => {
    const { credorax = '' } = client.credentials.services;
    const { id = '' } = await json('device', 'create', 'Demo', '--service', credorax);
    const pay = () =>
      client.post('/posms/payment', { device: id, amount: 300, description: 'At the till' });
    expect((await admin('device', 'deactivate', 'Demo', id)).stdout).toBe(
      `The device ${id} takes no payments.\n`,
    );
    expect((await pay()).status).toBe(400);
    expect(await json('device', 'activate', 'Demo', id)).toMatchObject({ active: true });
    const unasked = await admin('device', 'delete', 'Demo', id);
    expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining('say --yes') });
    expect((await admin('device', 'delete', 'Demo', id, '--yes')).code).toBe(0);
    expect((await pay()).status).toBe(404);
  });

  test.each([
    { args: ['create', 'Demo'], says: "required option '--service <uuid>'" },
    { args: ['create', 'Demo', '--service', 'none'], says: 'service_not_found' },
    {
      args: ['create', 'Demo', '--service', 'x', '--communication', 'USB'],
      says: 'Allowed choices are SIMULATION, SOCKET',
    },
    { args: ['create', 'nobody', '--service', 'x'], says: 'There is no merchant "nobody"' },
    { args: ['list', 'nobody'], says: 'There is no merchant "nobody"' },
  ])('device $args is refused with a reason', async ({ args, says }) => {
    const { code, stderr, stdout } = await admin('device', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(says);
  });
});

describe('batch', () => {
  /** Sends a file of charges; the result is what the CLI says of it. */
  async function sendFile(filename: string, amounts: number[], fields: object = {}) {
    const customer = `of ${filename}`;
    const card = await client.saveCard({ customer_ext_id: customer });
    const rows = amounts.map(
      (amount) => `${amount},${card.uuid},${customer},${client.credentials.services.redsys}`,
    );
    const csv = ['AMOUNT,CARD,CUSTOMER_EXTERNAL_ID,SERVICE', ...rows].join('\n');
    const data = Buffer.from(csv).toString('base64');
    const { status, text } = await client.post('/batch/authorizations', {
      data,
      filename,
      ...fields,
    });
    expect(status, text).toBe(200);
    const all = (await json('batch', 'list', 'Demo')) as unknown as BatchReport[];
    return all.find(({ batch }) => batch.filename === filename)?.batch ?? expect.fail(text);
  }

  test('follows a file to its end, and has its results', async () => {
    const { uuid } = await sendFile('now.csv', [1000, 250]);
    const watched = await admin('batch', 'watch', 'Demo', uuid.toLowerCase());
    expect(watched.code).toBe(0);
    expect(watched.stdout).toMatch(/^state +finished$/m);
    expect(watched.stdout).toMatch(/^done +2 +12\.50 EUR$/m);
    expect((await admin('batch', 'show', 'Demo', uuid)).stdout).toBe(watched.stdout);
    const { stdout } = await admin('batch', 'list', 'Demo');
    expect(stdout).toMatch(new RegExp(`^${uuid} +authorizations +now.csv +finished .* 2/2$`, 'm'));
    const { stdout: csv } = await admin('batch', 'results', 'Demo', uuid);
    const [header, ...lines] = csv.trimEnd().split('\r\n');
    expect(header).toMatch(/^LINE,STATUS,ORDER_UUID,TRANSACTION_UUID,AMOUNT,CURRENCY,ERROR/);
    expect(lines.map((line) => line.split(',')[1])).toEqual(['SUCCESS', 'SUCCESS']);
    expect((await admin('batch', 'cancel', 'Demo', uuid, '--yes')).code).toBe(1);
  });

  test('stops a file that has not begun, once somebody agrees', async () => {
    const name = `${'later'.repeat(20)}.csv`;
    const execute_at = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const { uuid } = await sendFile(name, [1000, 2000], { execute_at });
    expect((await admin('batch', 'list', 'Demo')).stdout).toMatch(/laterl\S*… +waiting .* 0\/2$/m);
    const unasked = await admin('batch', 'cancel', 'Demo', uuid);
    expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining('say --yes') });
    expect(await json('batch', 'show', 'Demo', uuid)).toMatchObject({
      batch: { state: 'waiting' },
    });
    const stopped = await admin('batch', 'cancel', 'Demo', uuid, '--yes');
    expect(stopped.stdout).toBe(`${name} is cancelled: what has begun is finished.\n`);
    const shown = await json('batch', 'show', 'Demo', uuid);
    expect(shown).toMatchObject({
      batch: { state: 'cancelled' },
      totals: { cancelled: { count: 2 }, done: { count: 0 } },
    });
    const { csv = '' } = await json('batch', 'results', 'Demo', uuid);
    expect(csv.match(/CANCELLED/g)).toHaveLength(2);
  });

  test.each(['show', 'watch', 'results', 'cancel'])('%s of no file says so', async (command) => {
    const more = command === 'cancel' ? ['--yes'] : [];
    const { code, stderr } = await admin('batch', command, 'Demo', 'nothing', ...more);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'There is no file NOTHING\n' });
  });
});

describe('order list', () => {
  test('shows the last orders, narrowed as asked', async () => {
    const customer_ext_id = 'listed'.repeat(15);
    const open = await client.createOrder({ customer_ext_id, description: 'Violins' });
    const paid = await client.paidOrder({
      customer_ext_id,
      description: 'Violas',
      reference: 'R7',
    });
    const list = async (...args: string[]) => {
      const { code, stdout, stderr } = await admin('order', 'list', 'Demo', ...args);
      expect(code, stderr).toBe(0);
      return stdout.trimEnd().split('\n').slice(1);
    };
    const [newest = '', next = ''] = await list();
    expect(newest).toMatch(new RegExp(`^${paid.uuid}  SUCCESS +10.00 EUR +listed\\S*… +R7 +2`));
    expect(next).toContain(`${open.uuid}  CREATED`);
    expect(await list('--limit', '1')).toEqual([newest]);
    expect(await list('--search', 'violi', '--status', 'CREATED')).toHaveLength(1);
    expect(await list('--search', 'viol', '--status', 'SUCCESS')).toEqual([newest]);
    expect(await list('--to', '2026-09-01')).toHaveLength(3);
    expect(await list('--from', '2100-01-01')).toEqual([]);
  });

  test.each([
    { args: ['--status', 'PAID'], says: 'Allowed choices are CREATED' },
    { args: ['--from', 'soon'], says: 'Not an ISO 8601 time' },
    { args: ['--limit', '0'], says: 'From 1 to 1000' },
  ])('$args is refused with a reason', async ({ args, says }) => {
    const { code, stderr } = await admin('order', 'list', 'Demo', ...args);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
  });
});
