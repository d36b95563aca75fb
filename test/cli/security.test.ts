import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminJson, runAdmin } from '#test/support/admin.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const folder = temporaryFolder();
const environment = { DATA_DIR: folder.path };

beforeAll(async () => {
  await adminJson(environment, 'init');
  await adminJson(environment, 'merchant', 'create', 'Shop');
});
afterAll(() => folder[Symbol.dispose]());

const security = (...args: string[]) => adminJson(environment, 'security', ...args);

test('rules are set and replaced, and each command shows what holds', async () => {
  await security('limit', 'Shop', '--by', 'card', '--payments', '3', '--days', '1');
  await security(
    'limit',
    'Shop',
    '--by',
    'card',
    '--payments',
    '5',
    '--days',
    '7',
    '--score',
    '60',
  );
  expect(await security('countries', 'Shop', 'es,pt')).toMatchObject({
    rules: [
      { kind: 'velocity', subject: 'card', payments: 5, days: 7, score: 60 },
      { kind: 'countries', allowed: ['ES', 'PT'], score: 50 },
    ],
    thresholds: { authenticate: 50, refuse: 100 },
  });
});

test.each([
  {
    args: ['limit', 'Shop', '--by', 'card', '--payments', '3', '--days', '0'],
    says: 'From 1 to 366',
  },
  {
    args: ['limit', 'Shop', '--by', 'moon', '--payments', '3', '--days', '1'],
    says: 'card, ip, customer',
  },
  { args: ['countries', 'Shop', 'Spain'], says: 'not countries of two letters' },
  {
    args: ['thresholds', 'Shop', '--authenticate', '90', '--refuse', '40'],
    says: 'must not be below',
  },
  { args: ['remove', 'Shop', 'maximumLuck', '--yes'], says: 'There is no rule maximumLuck' },
])('$args is refused with a reason', async ({ args, says }) => {
  const { code, stderr } = await runAdmin(environment, 'security', ...args);
  expect(code).not.toBe(0);
  expect(stderr).toContain(says);
});

test('nobody is exported or forgotten who is unknown', async () => {
  for (const [command, ...more] of [['export'], ['forget', '--yes']] as const) {
    const args = ['customer', command, 'Shop', 'nobody', ...more];
    const { code, stderr } = await runAdmin(environment, ...args);
    expect({ code, stderr: stderr.trim() }).toEqual({
      code: 1,
      stderr: 'There is no customer "nobody"',
    });
  }
});
