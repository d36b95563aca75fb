import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const FILES = 'test/**/*.test.ts';

/** playwright changes parts of Node and of zod for all of its process. */
const browser = 'test/browser/**/*.test.ts';

/** Files that need a process of their own: a module that is loaded already cannot be mocked. */
const alone = globSync(FILES).filter((file) =>
  /\bvi\.(doMock|mock)\(/.test(readFileSync(file, 'utf8')),
);

/**
 * They share what is loaded and compiled, a third of the time: nothing in the project keeps state
 * in modules, and what a file sets in the environment ends with it.
 */
const shared = { isolate: false, setupFiles: ['test/support/own-environment.ts'] };

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'browser',
          include: [browser],
          globalSetup: ['test/support/unpack-browser.ts'],
        },
      },
      { extends: true, test: { name: 'alone', include: alone, isolate: true } },
      {
        extends: true,
        test: {
          ...shared,
          name: 'together',
          include: [FILES],
          exclude: [...configDefaults.exclude, browser, ...alone],
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
    // Of the engines: to hand each call to another thread takes them a tenth of its time.
    env: { TOKIO_WORKER_THREADS: '1' },
    sequence: { sequencer: LongestFirst },
  },
});
