import { readFileSync } from 'node:fs';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';

/** What each operation of a face answered when `npm run examples` played it; ids and times are made even. */
export function recordedAnswers(face: OperationDeclaration['face']): Record<string, unknown> {
  const file = new URL(`../../docs/openapi/examples/${face}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}
