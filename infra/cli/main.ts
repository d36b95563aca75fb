import { keepCompiled } from '#infra/compiled.ts';

keepCompiled();
const { run } = await import('./program.ts');
await run(process.argv.slice(2));
