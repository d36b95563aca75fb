import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminJson, runAdmin } from '#test/support/admin.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const folder = temporaryFolder();
const environment = { DATA_DIR: folder.path };

const admin = (...args: string[]) => runAdmin(environment, 'highlevel', ...args);
const json = (...args: string[]) => adminJson(environment, 'highlevel', ...args);

async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await admin(...args);
  expect([code, stdout]).toEqual([1, '']);
  return stderr.trim();
}

const LOCATION = 've9EPM428h8vShlRW1KT';
const COMPANY = 'zP0Agency0of0a0shop1';

beforeAll(async () => {
  await adminJson(environment, 'init');
  await adminJson(environment, 'merchant', 'create', 'Shop');
  const service = ['service', 'create', 'shop', '--type', 'redsys', '--currency', 'eur'];
  await adminJson(environment, ...service);
});

afterAll(() => folder[Symbol.dispose]());

/** Writes a document to a file; the result is its path. */
function file(name: string, content: unknown): string {
  const path = join(folder.path, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe('admin highlevel', () => {
  test('binds companies and locations, one location to a merchant', async () => {
    const company = await json('company', 'create', 'shop', '--name', 'Agency', '--id', COMPANY);
    expect(company).toMatchObject({ id: COMPANY, type: 'company', name: 'Agency' });
    expect(company).toMatchObject({ environment: 'sandbox' });
    const location = await json(
      ...['location', 'create', 'shop', '--id', LOCATION, '--company', COMPANY],
    );
    expect(location).toMatchObject({ id: LOCATION, type: 'location', company: COMPANY });
    expect(await refusal('location', 'create', 'shop')).toContain(LOCATION);
    await adminJson(environment, 'merchant', 'create', 'Other');
    const create = ['location', 'create', 'other'];
    expect(await refusal(...create, '--id', LOCATION)).toContain('is bound to a merchant already');
    expect(await refusal(...create, '--id', 'short')).toContain('20 letters and digits');
    expect(await refusal(...create, '--company', 'nobody')).toBe('There is no company nobody');
    const { id, company: none } = await json(...create);
    expect([id, none]).toEqual([expect.stringMatching(/^[A-Za-z0-9]{20}$/), null]);
    expect((await admin('list')).stdout).toMatch(/^ID +TYPE.*\n.*Agency.*\n.*Shop.*\n.*Other/s);
  });

  test('issues tokens that are shown once, lists and revokes them', async () => {
    const pit = await json('token', 'issue', LOCATION, '--label', 'till');
    expect(pit.token).toMatch(/^pit-[0-9a-f-]{36}$/);
    expect(pit).toMatchObject({ kind: 'private_integration', location: LOCATION, label: 'till' });
    const app = await json(
      ...['token', 'issue', LOCATION, '--app', '65f0b217a05c774da7f1efa5'],
      ...['--scopes', 'payments/orders.readonly, payments/orders.write'],
    );
    const [, claims = ''] = (app.token ?? '').split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      authClass: 'Location',
      authClassId: LOCATION,
    });
    expect(app.scopes).toEqual(['payments/orders.readonly', 'payments/orders.write']);
    const people = await admin('token', 'issue', LOCATION);
    expect(people.stdout).toMatch(/token +pit-[0-9a-f-]{36}\n\nKeep the token/);

    const revoked = await json('token', 'revoke', LOCATION, pit.id ?? '', '--yes');
    expect(revoked.revokedAt).toEqual(expect.any(String));
    expect(await refusal('token', 'revoke', LOCATION, pit.id ?? '', '--yes')).toContain(
      'revoked already',
    );
    expect(await refusal('token', 'revoke', LOCATION, 'unknown', '--yes')).toContain(
      'has no token',
    );
    expect(await refusal('token', 'issue', 'nowhere')).toContain('no location or company nowhere');
    expect(await refusal('token', 'issue', LOCATION, '--scopes', 'all')).toContain('not one of');
    const listed = (await admin('token', 'list', LOCATION)).stdout;
    const stored = readFileSync(join(folder.path, 'ledger.db'), 'latin1');
    for (const secret of [pit.token ?? '', app.token ?? '']) {
      expect(listed).not.toContain(secret);
      expect(stored).not.toContain(secret);
    }
  });

  test('imports orders and subscriptions, and adds notes', async () => {
    const order = {
      _id: '653f5e0cde5a1314e62a837c',
      altId: LOCATION,
      currency: 'EUR',
      amount: 150.1,
    };
    const imported = await json('import-order', file('order.json', order));
    expect(imported).toMatchObject({ isNew: true, order: { amount: 15010 } });
    const noted = await json('note', 'add', order._id, 'Ring twice', '--by', 'user123');
    expect(noted).toMatchObject({ note: { text: 'Ring twice', createdBy: 'user123' } });
    expect(await refusal('note', 'add', order._id, ' ')).toContain('A note needs a text');
    expect(await refusal('note', 'add', '0'.repeat(24), 'Hello')).toContain('There is no order');

    const subscription = {
      _id: '64bf78af39118e4011926cba',
      altId: LOCATION,
      currency: 'EUR',
      amount: 59,
      status: 'active',
      createdAt: '2026-03-10T12:00:00.000Z',
      updatedAt: '2026-03-10T12:00:00.000Z',
    };
    const path = file('subscriptions.json', [subscription]);
    expect((await admin('import-subscription', path)).stdout).toMatch(/64bf78af.*active/);
    const wrong = file('wrong.json', { ...subscription, amount: 'much', status: '' });
    expect(await refusal('import-subscription', wrong)).toBe(
      'Not subscriptions: 0.amount, 0.status',
    );
  });

  test('says plainly what is wrong with a file', async () => {
    expect(await refusal('import-order', '/nowhere.json')).toContain('cannot be read');
    const path = join(folder.path, 'text.json');
    writeFileSync(path, 'not JSON');
    expect(await refusal('import-subscription', path)).toBe(`The file ${path} is not JSON`);
  });
});
