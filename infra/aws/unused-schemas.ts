import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * A statement that gives a name to what a call makes. It ends where the next one begins, at the
 * beginning of a line.
 */
const MADE =
  /^((?:export )?const \w+ = )(\w[\w.]*(?:<\w+>)?(?:\(|\n {2}\.)[\s\S]*?);(?=\n\n?[^\s)}\]]|\n?(?![\s\S]))/gm;

/**
 * Making the schema of a field has no effect but the schema. Bundlers cannot know that, and each
 * function would make the fields of all others when it is loaded.
 */
export const UNUSED_SCHEMAS: Plugin = {
  name: 'unused-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /\/shared\/faces\/.*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(MADE, '$1/* @__PURE__ */ (() => $2)();'),
      loader: 'ts',
    }));
  },
};
