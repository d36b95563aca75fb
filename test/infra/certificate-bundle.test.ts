import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { BUNDLE_OPTIONS } from '#infra/aws/bundle.ts';

test('a certificate is written from a bundle, which has no files of fonts beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bundle-'));
  const { outputFiles } = await build({
    ...BUNDLE_OPTIONS,
    sourcemap: false,
    outdir: folder,
    entryPoints: ['shared/faces/paylands/campaigns/certificate.ts'],
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('Nothing was bundled');
  const file = join(folder, 'certificate.mjs');
  writeFileSync(file, output.contents);
  const { certificatePdf } = await import(file);
  const { facts } = await import('#test/support/certificates.ts');
  const pdf: Buffer = await certificatePdf(facts);
  rmSync(folder, { recursive: true });
  expect(pdf.subarray(0, 8).toString('latin1')).toBe('%PDF-1.6');
  expect(pdf.toString('latin1')).toContain('/BaseFont /Helvetica-Bold');
});
