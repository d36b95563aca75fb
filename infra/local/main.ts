import { setFlagsFromString } from 'node:v8';
import { keepCompiled } from '#infra/compiled.ts';

// Less garbage is kept than V8 would. At 20 it collects so often that a third of the work is that.
setFlagsFromString('--heap-growing-percent=100');
keepCompiled();
const { serve } = await import('./serve.ts');
serve();
