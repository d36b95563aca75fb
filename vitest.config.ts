import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', 'test/grants/reporter.ts'],
    globalSetup: ['test/grants/folder.ts', 'test/support/unpack-browser.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Most files run a server and an engine beside themselves.
    maxWorkers: 3,
  },
});
