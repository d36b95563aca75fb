import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { BUNDLE_OPTIONS } from '#infra/aws/bundle.ts';
import { UNUSED_ANYWHERE } from '#infra/aws/left-out.ts';
import { SDK_PARTS } from '#infra/aws/sdk-parts.ts';

/** The functions in whose bundles something of a file is, by that file. */
const carriers = new Map<string, string[]>();

const { metafile } = await build({
  ...BUNDLE_OPTIONS,
  sourcemap: false,
  outdir: 'dist/functions',
  entryPoints: catalog.map(({ path }) => ({ in: `functions/${path}.ts`, out: path })),
  plugins: [SDK_PARTS, UNUSED_ANYWHERE],
});
for (const { entryPoint = '', inputs } of Object.values(metafile.outputs)) {
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    if (bytesInOutput > 0) carriers.set(file, [...(carriers.get(file) ?? []), entryPoint]);
  }
}

test.each([
  ['shared/faces/highlevel/fields.ts', 'functions/highlevel/'],
  ['shared/faces/paylands/fields.ts', 'functions/(paylands|pages)/'],
])('what %s makes when it is loaded is only in %s', (file, folder) => {
  const functions = carriers.get(file) ?? [];
  expect(functions.length).toBeGreaterThan(10);
  expect(functions.filter((name) => !new RegExp(`^${folder}`).test(name))).toEqual([]);
});
