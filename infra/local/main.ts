import { keepCompiled } from '#infra/compiled.ts';

keepCompiled();
const { serve } = await import('./serve.ts');
serve();
