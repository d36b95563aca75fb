import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { buildScripts } from '#infra/pages/build-scripts.ts';

test('the scripts of the pages are built from their sources: `npm run pages`', async () => {
  for (const [path, text] of Object.entries(await buildScripts())) {
    expect(await readFile(path, 'utf8'), path).toBe(text);
  }
});
