import { installEmulator } from './emulator.ts';

/** What a machine on which it cannot be installed answers; anything else is an error. */
const CANNOT = 3;

const problem = installEmulator();
if (problem !== null) {
  console.error(problem);
  process.exitCode = CANNOT;
}
