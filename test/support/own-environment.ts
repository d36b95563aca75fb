import { afterAll } from 'vitest';
import { takeEnvironment } from '#infra/local/as-function.ts';

const before = { ...process.env };

// Each file begins with the environment that the run began with, and functions that have read none.
takeEnvironment();

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
