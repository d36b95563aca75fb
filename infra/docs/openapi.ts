import { readFileSync, writeFileSync } from 'node:fs';
import { catalog } from '../../functions/catalog.ts';
import { functionsOf } from '../local/functions.ts';
import { paylandsDocument } from './document.ts';
import { formatJson } from './format.ts';

const PATH = 'docs/openapi/paylands.json';

function committed(): string | null {
  try {
    return readFileSync(PATH, 'utf8');
  } catch {
    return null;
  }
}

const operations = functionsOf(catalog, 'operation').map((one) => one.declaration);
const text = formatJson(paylandsDocument(operations));
if (!process.argv.includes('--check')) {
  writeFileSync(PATH, text);
} else if (committed() !== text) {
  console.error(`${PATH} is not what the declarations say: run \`npm run openapi\``);
  process.exitCode = 1;
}
