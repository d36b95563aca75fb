import { readFileSync, writeFileSync } from 'node:fs';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { documentsOf } from './document.ts';
import { formatJson } from './format.ts';

function committed(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

const operations = functionsOf(catalog, 'operation').map((one) => one.declaration);
for (const [face, document] of Object.entries(documentsOf(operations))) {
  const path = `docs/openapi/${face}.json`;
  const text = formatJson(document);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
  } else if (committed(path) !== text) {
    console.error(`${path} is not what the declarations say: run \`npm run openapi\``);
    process.exitCode = 1;
  }
}
