import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a function asked for or answered, the first time that it did. */
export interface GrantUse {
  function: string;
  action: string;
  resource: string;
  isAllowed: boolean;
}

/** The action of answering an error; its resource is the error's code. */
export const ERROR = 'error';

/** Writes down what a function used where tests want to know, in the folder `GRANTS_RECORD`. */
export function recordUse(use: GrantUse): void {
  const folder = process.env.GRANTS_RECORD;
  if (folder === undefined) return;
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(use)}\n`);
}
