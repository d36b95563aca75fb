import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminJson, runAdmin, runAdminAlone } from '#test/support/admin.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const folder = temporaryFolder();
const environment = { DATA_DIR: folder.path };

const admin = (...args: string[]) => runAdmin(environment, ...args);
const json = (...args: string[]) => adminJson(environment, ...args);

/** What an admin without a server says to a command that is wrong. */
async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await admin(...args);
  expect([code, stdout]).toEqual([1, '']);
  return stderr.trim();
}

beforeAll(async () => {
  expect(await refusal('merchant', 'create', 'Acme')).toContain('run `npm run admin -- init`');
  await json('init');
});

afterAll(() => folder[Symbol.dispose]());

describe('admin without a running server', () => {
  test('init twice keeps the key', async () => {
    const first = await json('merchant', 'create', 'Before');
    await json('init');
    expect((await json('merchant', 'show', 'before')).merchant).toBe(first.merchant);
  });

  test('creates, lists and shows merchants with services and keys', async () => {
    const acme = await json('merchant', 'create', 'Acme', '--time-zone', 'America/Mexico_City');
    expect(acme).toMatchObject({ name: 'Acme', environment: 'sandbox' });
    expect(acme.signature).toMatch(/^[0-9a-f]{32}$/);
    const service = await json(
      ...['service', 'create', 'acme', '--type', 'redsys', '--currency', 'jpy'],
      ...['--terminal', 'T1', '--no-partial-capture'],
    );
    expect(service).toMatchObject({
      type: 'REDSYS',
      currency: { code: 'JPY', number: '392', digits: 0 },
      acquirer: 'sandbox',
      terminal: 'T1',
      partialCapture: false,
    });
    const key = await json(
      ...['key', 'create', 'acme', '--profiles', 'payment, refund', '--pci', '--label', 'shop'],
    );
    expect(key).toMatchObject({ profiles: ['payment', 'refund'], pci: true, label: 'shop' });
    expect(key.apiKey).toMatch(/^[0-9a-f]{32}$/);

    const shown = (await admin('merchant', 'show', acme.merchant ?? '')).stdout;
    for (const part of ['America/Mexico_City', 'JPY', key.id ?? '', 'payment,refund']) {
      expect(shown).toContain(part);
    }
    expect((await admin('merchant', 'list')).stdout).toMatch(/^MERCHANT +ENVIRONMENT.*\n.*Acme/s);
    const stored = readFileSync(join(folder.path, 'ledger.db'), 'latin1');
    for (const secret of [acme.signature ?? '', key.apiKey ?? '']) {
      expect(shown).not.toContain(secret);
      expect(stored).not.toContain(secret);
    }
  });

  test('prints a new key and a new signature once, for people', async () => {
    const merchant = await admin('merchant', 'create', 'People');
    expect(merchant.stdout).toMatch(/signature {4}[0-9a-f]{32}\n\nKeep the signature/);
    const key = await admin('key', 'create', 'people');
    expect(key.stdout).toMatch(/API key {3}[0-9a-f]{32}\nprofiles {2}all\n\nKeep the API key/);
    expect((await admin('service', 'list', 'people')).stdout).toBe('None.\n');
  });

  test('rotates and revokes keys', async () => {
    await json('merchant', 'create', 'Keys');
    const first = await json('key', 'create', 'keys', '--profiles', 'readonly');
    const second = await json('key', 'rotate', 'keys', first.id ?? '', '--keep-old');
    expect(second).toMatchObject({ profiles: ['readonly'], revokedAt: null });
    expect(second.apiKey).not.toBe(first.apiKey);
    await json('key', 'rotate', 'keys', second.id ?? '', '--yes');
    await json('key', 'revoke', 'keys', first.id ?? '', '--yes');
    expect(await refusal('key', 'revoke', 'keys', first.id ?? '', '--yes')).toContain(
      'revoked already',
    );
    const keys: unknown = await json('key', 'list', 'keys');
    const valid = (keys as { revokedAt: string | null }[]).filter((one) => one.revokedAt === null);
    expect(valid).toHaveLength(1);
  });

  test('does not let a live merchant pretend', async () => {
    await json('merchant', 'create', 'Live', '--environment', 'live');
    const create = ['service', 'create', 'live', '--type', 'REDSYS', '--currency', 'EUR'];
    expect((await json(...create)).acquirer).toBe('paylands');
    expect(await refusal(...create, '--acquirer', 'sandbox')).toBe(
      'A live merchant cannot use the sandbox acquirer',
    );
    expect(await refusal('clock', 'advance', 'live', '1d')).toBe(
      'The clock of a live merchant is the real one',
    );
  });

  test('runs side by side', async () => {
    const names = ['One', 'Two', 'Three'];
    const create = (name: string) => runAdminAlone(environment, 'merchant', 'create', name);
    const all = await Promise.all(names.map(create));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    const { stdout } = await admin('merchant', 'list');
    for (const name of names) expect(stdout).toContain(name);
  });

  test.concurrent.each([
    [['merchant', 'create', 'BEFORE'], 'There is a merchant "BEFORE" already'],
    [['merchant', 'create', 'X', '--time-zone', 'Mars/Base'], '"Mars/Base" is not a time zone'],
    [['merchant', 'create', 'X', '--environment', 'test'], 'Allowed choices are sandbox, live'],
    [['merchant', 'show', 'nobody'], 'There is no merchant "nobody"'],
    [['merchant', 'show'], "missing required argument 'merchant'"],
    [['key', 'create', 'before', '--profiles', 'admin'], '"admin" is not one of all, payment'],
    [['key', 'revoke', 'before', 'abc', '--yes'], 'Before has no key "abc"'],
    [
      ['service', 'create', 'before', '--type', 'X', '--currency', 'EURO'],
      'EURO is not an ISO 4217',
    ],
    [['service', 'create', 'before', '--type', 'a b', '--currency', 'EUR'], 'letters, digits'],
    [
      [
        'service',
        'create',
        'before',
        '--type',
        'X',
        '--currency',
        'EUR',
        '--phone-methods',
        'BISUM',
      ],
      '"BISUM" is not one of BIZUM, MBWAY',
    ],
    [['clock', 'advance', 'before', 'soon'], '"soon" is not a duration'],
    [['clock', 'advance', 'before', '100000000000d'], 'A clock can be at most ten years ahead'],
    [['clock', 'set', 'before', '2107-01-01'], 'A clock can be at most ten years ahead'],
    [['clock', 'set', 'before', 'soon'], '"soon" is not an ISO 8601 time'],
    [['clock', 'set', 'before', '2020-01-01'], 'A clock can only be moved forward'],
    [['order', 'show', 'nothing'], 'There is no order "nothing"'],
    [['frobnicate'], "unknown command 'frobnicate'"],
  ])('refuses %j in a sentence', async (args, sentence) => {
    const said = await refusal(...args);
    expect(said).toContain(sentence);
    expect(said).not.toContain('\n');
  });

  test('creates, lists and deletes templates of pages', async () => {
    await json('merchant', 'create', 'Painted');
    const logo = join(folder.path, 'logo.svg');
    writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const mail = join(folder.path, 'mail.txt');
    writeFileSync(mail, 'Dear customer,\n\n{url}\n');
    const looks = ['--name', 'Shop', '--accent', '#ffd400', '--logo', logo];
    const wanted = [...looks, '--mail', mail, '--sms', 'Pay {amount}: {url}'];
    const template = await json('template', 'create', 'painted', ...wanted);
    const messages = { mail: 'Dear customer,\n\n{url}', sms: 'Pay {amount}: {url}' };
    expect(template).toMatchObject({ name: 'Shop', accent: '#ffd400', messages });
    expect(template.logo).toMatch(/^data:image\/svg\+xml;base64,/);
    expect((await admin('template', 'list', 'painted')).stdout).toContain('#ffd400');
    await json('template', 'delete', 'painted', template.uuid ?? '', '--yes');
    expect(await json('template', 'list', 'painted')).toEqual([]);
    expect(await refusal('template', 'delete', 'painted', 'none', '--yes')).toBe(
      'There is no template none',
    );
    const create = ['template', 'create', 'painted', '--name', 'x'];
    expect(await refusal(...create, '--accent', 'red')).toContain('is not a colour');
    expect(await refusal(...create, '--sms', 'Pay us')).toContain('lacks the link, {url}');
    expect(await refusal(...create, '--sms', '{url} {price}')).toContain('has {price}; it can');
    const long = `{url}${'x'.repeat(1000)}`;
    expect(await refusal(...create, '--sms', long)).toContain('more than 1000 characters');
  });
});
