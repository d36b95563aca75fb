import { build, type Plugin } from 'esbuild';
import { expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { BUNDLE_OPTIONS } from '#infra/aws/bundle.ts';
import type { CatalogFunction } from '#infra/aws/catalog.ts';
import { leaveOut, UNUSED_ANYWHERE } from '#infra/aws/left-out.ts';
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

test('who declares no acquirer carries neither what it answers nor tables of cards', async () => {
  const without = catalog.filter(({ declaration }) => declaration.grants.acquirer !== true);
  const carried = [...(await carriersIn(without, leaveOut(['acquirer']))).keys()];
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
