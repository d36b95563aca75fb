import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** Where the processes of this test run write down what the functions used. */
export const RECORD = join(ROOT, 'node_modules', '.cache', 'grants', String(process.pid));

/** Makes the folder of the record, and names it to all processes that the tests start. */
export default function setup(): () => void {
  mkdirSync(RECORD, { recursive: true });
  process.env.GRANTS_RECORD = RECORD;
  return () => {
    if (process.env.KEEP_GRANTS !== 'yes') rmSync(RECORD, { recursive: true, force: true });
  };
}
