import { readFile } from 'node:fs/promises';
import type { OnLoadResult, Plugin } from 'esbuild';
import type { Grants } from '#operation/declare/declaration.ts';

/** A part of what functions share: its files, and what stands in for each where it is left out. */
interface Part {
  files: RegExp;
  instead(path: string): Promise<string>;
  /** Whether a function with such grants uses it. */
  isUsed(grants: Grants): boolean;
}

const PARTS = {
  /** Without a queue in its environment, a publisher does nothing. */
  queues: {
    files: /\/queues\/publisher\.ts$/,
    instead: async () => 'export const publisher = () => async () => {};',
    isUsed: ({ sends }) => sends !== undefined,
  },
  acquirer: {
    files: /\/sandbox\/(sandbox|faulty)-acquirer\.ts$/,
    instead: refusals('A function that does not declare it asks no acquirer'),
    isUsed: ({ acquirer }) => acquirer === true,
  },
  /** A list of all that a merchant has is counted by its journal. */
  lists: {
    files:
      /\/store\/(lists\/(timeline|book)|orders\/(order|payment|transaction)-list|orders\/order-reader|subscriptions\/subscription-list)\.ts$/,
    instead: refusals('A function that may not query the journal counts no list'),
    isUsed: ({ ledger = [] }) => ledger.includes('query journal'),
  },
} satisfies Record<string, Part>;

type PartName = keyof typeof PARTS;

/** What a function has no use for, by what it is granted. */
export function unusedParts(grants: Grants): PartName[] {
  const names = Object.keys(PARTS) as PartName[];
  return names.filter((name) => !PARTS[name].isUsed(grants));
}

/** Leaves parts out of bundles. */
export function leaveOut(names: readonly PartName[]): Plugin {
  return replacing(
    'left-out',
    names.map((name) => PARTS[name]),
  );
}

/** Leaves out of bundles what no function uses on Lambda. */
export const UNUSED_ANYWHERE: Plugin = replacing('unused-anywhere', [
  // Answers' shapes are for the documentation and for tests; building them takes time.
  { files: /\/shared\/faces\/.*\bshapes\.ts$/, instead: nothing },
  // The data key is wrapped by KMS.
  {
    files: /\/crypto\/file-wrapper\.ts$/,
    instead: refusals('Only a server on one machine has a key in a file'),
  },
  // All that Node has for files takes longer to load than what sends a message.
  {
    files: /\/messages\/mailbox\.ts$/,
    instead: refusals('Only a server on one machine has a mailbox'),
  },
]);

/** Loading the dates of time zones has no effects, which their package does not say. */
export const DATES_WITHOUT_EFFECTS: Plugin = {
  name: 'dates-without-effects',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@date-fns\/tz\/tz$/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === RESOLVING) return null;
      const found = await resolve(path, { ...from, pluginData: RESOLVING });
      return { path: found.path, sideEffects: false };
    });
  },
};

const RESOLVING = Symbol('resolving');

function replacing(name: string, parts: readonly Pick<Part, 'files' | 'instead'>[]): Plugin {
  return {
    name,
    setup({ onLoad }) {
      for (const { files, instead } of parts) {
        const load = async ({ path }: { path: string }): Promise<OnLoadResult> => ({
          contents: await instead(path),
        });
        onLoad({ filter: files }, load);
      }
    },
  };
}

/** A module of which everything throws when it is called. */
function refusals(reason: string): Part['instead'] {
  return async (path) => {
    const names = (await exportsOf(path)).map(({ name }) => name);
    const refused = names.map((name) => `export function ${name}() { refuse(); }`);
    return `const refuse = () => { throw new Error('${reason}'); };\n${refused.join('\n')}`;
  };
}

/** A module that exports nothing by the same names; bundlers leave out calls of empty functions. */
async function nothing(path: string): Promise<string> {
  const lines = (await exportsOf(path)).map(({ kind, name }) =>
    kind === 'const' ? `export const ${name} = undefined;` : `export function ${name}() {}`,
  );
  return lines.join('\n');
}

async function exportsOf(path: string): Promise<{ kind: string; name: string }[]> {
  const found = (await readFile(path, 'utf8')).matchAll(EXPORTED);
  return [...found].map(([, kind = '', name = '']) => ({ kind, name }));
}

const EXPORTED = /^export (?:async )?(const|function|class)\*? (\w+)/gm;
