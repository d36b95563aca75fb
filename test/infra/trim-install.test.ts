import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'pasarela-trim-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NEEDED = [
  'node_modules/.bin/tool',
  'node_modules/@scope/tool/LICENSE.md',
  'node_modules/@scope/tool/NOTICE.md',
  'node_modules/@scope/tool/maps.js',
  'node_modules/aws-cdk-lib/index.js',
  'node_modules/aws-cdk-lib/index.d.ts',
];

const UNREAD = [
  'node_modules/@aws-cdk/asset-awscli-v1/lib/layer.zip',
  'node_modules/@scope/tool/README.md',
  'node_modules/@scope/tool/node_modules/other/index.js.map',
  'node_modules/aws-cdk-lib/.jsii.gz',
  'node_modules/aws-cdk-lib/.jsii.tabl.json.gz',
  'node_modules/date-fns/fp/add.js',
  'node_modules/tool/.yarn/releases/yarn.cjs',
];

test('what nothing reads is removed after an installation, and what the project has stays', () => {
  const own = ['README.md', 'infra/trim-install.cjs'];
  for (const file of [...NEEDED, ...UNREAD, ...own]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  copyFileSync('infra/trim-install.cjs', join(folder, 'infra/trim-install.cjs'));
  const run = () => execFileSync(process.execPath, ['infra/trim-install.cjs'], { cwd: folder });
  run();
  run();
  const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const names = left.map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
  expect(names.toSorted()).toEqual([...NEEDED, ...own].toSorted());
});
