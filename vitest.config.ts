import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** What playwright changes of Node and of zod, it changes for its whole process. */
const IN_A_BROWSER = 'test/browser/**/*.test.ts';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'browser',
          include: [IN_A_BROWSER],
          globalSetup: ['test/support/unpack-browser.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'all others',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, IN_A_BROWSER],
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
    // The files of a worker share what is loaded and compiled, a third of the time: nothing in the
    // project keeps state in modules, and what a file sets in the environment ends with it.
    isolate: false,
    setupFiles: ['test/support/own-environment.ts'],
    // Much is short-lived: collecting it less often takes a tenth of the time.
    execArgv: ['--max-semi-space-size=64'],
    sequence: { sequencer: LongestFirst },
  },
});
