import { readFileSync, writeFileSync } from 'node:fs';
import { formatJson } from '#infra/openapi/format.ts';

/** Answers of a face's operations, by their names. */
export type Answers = Record<string, unknown>;

/** Whether what a run answers is to be written, and not compared: `npm run examples`. */
export const KEEPS = process.env.EXAMPLES === 'keep';

const fileOf = (face: string) => `docs/openapi/examples/${face}.json`;

/** The answers that documentation shows; what a run has made is kept first, where that is wanted. */
export function recorded(face: string, answers: Answers): Answers {
  if (KEEPS) writeFileSync(fileOf(face), formatJson(answers));
  return JSON.parse(readFileSync(fileOf(face), 'utf8'));
}
