import { setFlagsFromString } from 'node:v8';
import { keepCompiled } from '#infra/compiled.ts';

// A server that mostly waits for its engines is as fast with half the memory.
setFlagsFromString('--optimize-for-size');
setFlagsFromString('--max-semi-space-size=2');
keepCompiled();
const { serve } = await import('./serve.ts');
serve();
