import { readFileSync, writeFileSync } from 'node:fs';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { collectionOf } from './collection.ts';
import { documentsOf } from './document.ts';
import { formatJson } from './format.ts';

function committed(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Writes a file, or finds out that it is not what it would be. */
function keep(path: string, value: unknown): void {
  const text = formatJson(value);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
  } else if (committed(path) !== text) {
    console.error(`${path} is not what the declarations say: run \`npm run openapi\``);
    process.exitCode = 1;
  }
}

const operations = functionsOf(catalog, 'operation').map((one) => one.declaration);
const documents = documentsOf(operations);
for (const face of ['paylands', 'highlevel'] as const) {
  keep(`docs/openapi/${face}.json`, documents[face]);
  keep(`docs/openapi/${face}.postman.json`, collectionOf(face, documents[face]));
}
