import { installEmulator } from './emulator.ts';

const problem = installEmulator();
if (problem !== null) {
  console.error(problem);
  process.exitCode = 1;
}
