import { setFlagsFromString } from 'node:v8';
import { keepCompiled } from '#infra/compiled.ts';

// Half as much garbage before it is collected, at no cost that could be measured.
setFlagsFromString('--heap-growing-percent=20');
keepCompiled();
const { serve } = await import('./serve.ts');
serve();
