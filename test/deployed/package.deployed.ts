import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { ROOT } from '#infra/aws/bundle-folders.ts';
import { operationsByFace } from '#infra/aws/catalog.ts';
import { makePackage, PACKAGE_DIR } from '#infra/package/main.ts';

/** The app of a team that has never seen this project. */
const APP = `import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Pasarela, type PasarelaProps } from 'pasarela';

const app = new App({ outdir: 'cdk.out' });
const props: PasarelaProps = { stage: 'shop', settings: { LOG_LEVEL: 'warn' } };
const payments = new Pasarela(app, 'Payments', props);
const ours = new Stack(app, 'Ours');
new CfnOutput(ours, 'Ledger', { value: payments.tables.ledger.tableName });
new CfnOutput(ours, 'Api', { value: payments.apis.paylands.apiEndpoint });
app.synth();
`;

let folder: string;

const run = (file: string, ...args: string[]) =>
  execFileSync(file, args, { cwd: folder, encoding: 'utf8' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pasarela-package-'));
  await makePackage();
  const tarball = run('npm', 'pack', '--silent', PACKAGE_DIR).trim();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', type: 'module' }));
  // The peers are linked instead of installed: what is tested is the package.
  const options = ['--silent', '--offline', '--no-audit', '--legacy-peer-deps'];
  run('npm', 'install', ...options, `./${tarball}`);
  for (const peer of ['aws-cdk-lib', 'constructs', '@types/node']) {
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', peer), join(folder, 'node_modules', peer));
  }
  writeFileSync(join(folder, 'app.ts'), APP);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('nothing comes with it', () => {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  expect(Object.keys(packages)).toEqual(['', 'node_modules/pasarela']);
});

test('its types hold in a strict app', () => {
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024'];
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  expect(run(tsc, ...options, '--skipLibCheck', '--types', 'node', 'app.ts')).toBe('');
});

test('an empty app deploys all functions with it', () => {
  run(process.execPath, 'app.ts');
  const out = join(folder, 'cdk.out');
  const templates = readdirSync(out)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => JSON.parse(readFileSync(join(out, name), 'utf8')));
  const functions = templates
    .flatMap(({ Resources = {} }) => Object.values<{ Type: string }>(Resources))
    .filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions).toHaveLength(catalog.length + operationsByFace(catalog).length);
  expect(JSON.stringify(functions)).toContain('"LOG_LEVEL":"warn"');
});

test('its administration starts', () => {
  expect(run('npx', 'pasarela-admin', '--help')).toContain('merchant');
});
