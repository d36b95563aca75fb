import { defineConfig } from 'vitest/config';

/** Tests of the stacks as deployed into an emulated AWS: `npm run test:deployed`. */
export default defineConfig({
  test: {
    include: ['test/deployed/**/*.deployed.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // They share one emulator, which one file starts.
    maxWorkers: 1,
  },
});
