import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', 'test/grants/reporter.ts'],
    globalSetup: ['test/grants/folder.ts', 'test/support/unpack-browser.ts'],
    // For what never ends, however slow the machine.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 60_000 } },
    // Most files run a server and an engine beside themselves.
    maxWorkers: 3,
  },
});
