import { build, type Plugin } from 'esbuild';
import { expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { BUNDLE_OPTIONS, PLUGINS } from '#infra/aws/bundle.ts';
import type { CatalogFunction } from '#infra/aws/catalog.ts';
import { leaveOut, UNUSED_ANYWHERE, unusedParts } from '#infra/aws/left-out.ts';
import { SDK_PARTS } from '#infra/aws/sdk-parts.ts';

/** The functions in whose bundles something of a file is, by that file. */
async function carriersIn(
  functions: readonly CatalogFunction[],
  ...plugins: Plugin[]
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const { metafile } = await build({
    ...BUNDLE_OPTIONS,
    sourcemap: false,
    outdir: 'dist/functions',
    entryPoints: functions.map(({ path }) => ({ in: `functions/${path}.ts`, out: path })),
    plugins: [SDK_PARTS, UNUSED_ANYWHERE, ...plugins],
  });
  for (const { entryPoint = '', inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      if (bytesInOutput > 0) found.set(file, [...(found.get(file) ?? []), entryPoint]);
    }
  }
  return found;
}

const carriers = await carriersIn(catalog);

test.each([
  ['shared/faces/highlevel/fields.ts', 'functions/highlevel/'],
  ['shared/faces/paylands/fields.ts', 'functions/(paylands|pages)/'],
])('what %s makes when it is loaded is only in %s', (file, folder) => {
  const functions = carriers.get(file) ?? [];
  expect(functions.length).toBeGreaterThan(10);
  expect(functions.filter((name) => !new RegExp(`^${folder}`).test(name))).toEqual([]);
});

/** Who only looks whether there is an acquirer, reads, or works on what was paid. */
const ASKING_NONE = [
  'paylands/payments/create-order',
  'paylands/payments/push-payment',
  'paylands/posms/pay',
  'paylands/batch/batch-authorizations',
  'paylands/moto/create-campaign-csv',
  'highlevel/orders/record-payment',
  'schedules/expire-orders',
];

test('who declares no acquirer carries neither what it answers nor tables of cards', async () => {
  const without = catalog.filter(({ path }) => ASKING_NONE.includes(path));
  expect(without.filter(({ declaration }) => declaration.grants.acquirer === true)).toEqual([]);
  const left = leaveOut(unusedParts({ ledger: ['read', 'put'], sends: ['notifications'] }));
  const carried = [...(await carriersIn(without, left)).keys()];
  const all = [...carriers.keys()];
  for (const part of [
    '/card-validator/',
    '/credit-card-type/',
    'sandbox/codes',
    'sandbox/wallets',
  ]) {
    expect(all.filter((file) => file.includes(part))).not.toEqual([]);
    expect(carried.filter((file) => file.includes(part))).toEqual([]);
  }
});

test('who sends links carries no texts of pages, and who counts no months no dates of zones', async () => {
  const { metafile } = await build({
    ...BUNDLE_OPTIONS,
    sourcemap: false,
    entryPoints: ['functions/paylands/payments/send-order-link.ts'],
    outdir: 'dist/functions',
    plugins: PLUGINS,
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.keys(output?.inputs ?? {});
  expect(files).toContain('shared/messages/link-words.ts');
  expect(files.filter((file) => /views\/languages|order-fields|tz\/date/.test(file))).toEqual([]);
});
