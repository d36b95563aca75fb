import { takeOver } from './world/sources.ts';

// Before anything that keeps a clock or a source of random numbers for itself is loaded.
takeOver();
const { main } = await import('./command.ts');
process.exitCode = await main(process.argv.slice(2));
