import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '#infra/aws/bundle-folders.ts';
import { buildScripts } from './build-scripts.ts';

for (const [path, text] of Object.entries(await buildScripts())) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
