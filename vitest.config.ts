import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const FILES = 'test/**/*.test.ts';

/**
 * Files that need a process of their own: playwright changes parts of Node and of zod for all of
 * its process, and a module that is loaded already cannot be mocked.
 */
const alone = [
  'test/browser/**/*.test.ts',
  ...globSync(FILES).filter((file) => /\bvi\.(doMock|mock)\(/.test(readFileSync(file, 'utf8'))),
];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          isolate: true,
          globalSetup: ['test/support/unpack-browser.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'together',
          include: [FILES],
          exclude: [...configDefaults.exclude, ...alone],
          // They share what is loaded and compiled, a third of the time: nothing in the project
          // keeps state in modules, and what a file sets in the environment ends with it.
          isolate: false,
          setupFiles: ['test/support/own-environment.ts'],
        },
      },
    ],
    reporters: ['default', 'test/grants/reporter.ts'],
    globalSetup: ['test/support/compiled.ts', 'test/grants/folder.ts'],
    // For what never ends, however slow the machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Most files run a server and an engine beside themselves, and wait for them now and then.
    maxWorkers: 4,
    // Much is short-lived: collecting it less often takes a tenth of the time.
    execArgv: ['--max-semi-space-size=64'],
    sequence: { sequencer: LongestFirst },
  },
});
