import { defineConfig } from 'vitest/config';

/** Tests of the stacks as deployed into an emulated AWS: `npm run test:deployed`. */
export default defineConfig({
  test: {
    include: ['test/deployed/**/*.deployed.ts'],
    // For what never ends, however slow the machine.
    testTimeout: 120_000,
    hookTimeout: 600_000,
    // They share one emulator, which one file starts.
    maxWorkers: 1,
  },
});
