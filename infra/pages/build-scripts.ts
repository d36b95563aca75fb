import { build } from 'esbuild';
import { ROOT } from '#infra/aws/bundle-folders.ts';

/** The folder of what browsers run, as TypeScript. */
const SOURCES = 'shared/faces/pages/browser';

/** The scripts of the pages: a file of `browser`, and of `built` once it is bundled. */
const SCRIPTS = ['card-page', 'phone-page', 'plain-page', 'card-frame', 'shop-sdk'] as const;

/**
 * Bundles what browsers run: each script as the source of a module whose default export is its
 * text, by the path that it belongs at.
 */
export async function buildScripts(): Promise<Record<string, string>> {
  const built = await Promise.all(
    SCRIPTS.map(async (name) => [`shared/faces/pages/built/${name}.ts`, await moduleOf(name)]),
  );
  return Object.fromEntries(built);
}

async function moduleOf(name: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`${SOURCES}/${name}.ts`],
    tsconfig: `${SOURCES}/tsconfig.json`,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: ['es2020'],
    charset: 'ascii',
    legalComments: 'none',
  });
  const text = outputFiles[0]?.text.trim() ?? '';
  if (/<\/script|<!--/i.test(text)) throw new Error(`${name} cannot stand inside a page`);
  return `// Built from browser/${name}.ts: \`npm run pages\`.\nexport default ${JSON.stringify(text)};\n`;
}
