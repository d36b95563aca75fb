import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where the processes of a test run write down what the functions used. */
export const RECORD = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'grants');

/** Empties the record before the tests, for all processes that they start. */
export default function setup(): void {
  rmSync(RECORD, { recursive: true, force: true });
  mkdirSync(RECORD, { recursive: true });
  process.env.GRANTS_RECORD = RECORD;
}
