import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { FUNCTIONS_DIR, MAPS_DIR, ROOT } from './bundle-folders.ts';
import { type CatalogFunction, operationsByFace, routeKeysOf } from './catalog.ts';
import { fallbackPath } from './fallback-declaration.ts';
import { CATALOG_FILE } from './function-set.ts';
import { DATES_WITHOUT_EFFECTS, leaveOut, UNUSED_ANYWHERE, unusedParts } from './left-out.ts';
import { SDK_PARTS } from './sdk-parts.ts';
import { UNUSED_SCHEMAS } from './unused-schemas.ts';

/** A function's bundle. */
export interface BundleReport {
  /** The function's path in the catalog. */
  path: string;
  /** The module that exports `handler`. */
  file: string;
  /** What is read at start-up. */
  bytes: number;
}

/** The most that a function may read at start-up. */
export const BUDGET_BYTES = 330 * 1024;

/** The SDK finds out where its credentials are in many ways; on Lambda there is one. */
const CREDENTIALS = join(import.meta.dirname, 'lambda-credentials.ts');
const NO_DISCOVERY = join(import.meta.dirname, 'no-endpoint-discovery.ts');
const NO_EVENT_STREAMS = join(import.meta.dirname, 'no-event-streams.ts');

const PROCESS = join(import.meta.dirname, 'process-in-bundles.ts');
const SENDING_ONLY = join(import.meta.dirname, 'sqs-in-bundles.ts');

/** Documents are written without files of fonts. */
const PDFKIT = join(import.meta.dirname, 'pdfkit-in-bundles.ts');
const NO_FONT_FILES = join(import.meta.dirname, 'no-font-files.ts');

/** How every function is bundled. */
export const BUNDLE_OPTIONS = {
  absWorkingDir: ROOT,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  sourcemap: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': CREDENTIALS,
    '@aws-sdk/middleware-endpoint-discovery': NO_DISCOVERY,
    '@aws-sdk/client-sqs': SENDING_ONLY,
    '@smithy/core/event-streams': NO_EVENT_STREAMS,
    'node:process': PROCESS,
    pdfkit: PDFKIT,
    fontkit: NO_FONT_FILES,
  },
} satisfies BuildOptions;

/** Bundles every function of the catalog, and the fallback of every face, into `dist/functions`. */
export async function bundle(): Promise<BundleReport[]> {
  const { catalog } = await import('#functions/catalog.ts');
  await rm(FUNCTIONS_DIR, { recursive: true, force: true });
  await rm(MAPS_DIR, { recursive: true, force: true });
  const fallbacks = operationsByFace(catalog).map(([face, operations]) =>
    bundleFallback(fallbackPath(face), operations),
  );
  const reports = await Promise.all([bundleCatalog(catalog), ...fallbacks]);
  await writeFile(CATALOG_FILE, JSON.stringify(catalog.map(deployed)));
  return reports.flat().toSorted((one, other) => other.bytes - one.bytes);
}

/** A function as deploying it needs it: schemas stay in the code. */
function deployed({ path, declaration }: CatalogFunction): CatalogFunction {
  return { path, declaration: JSON.parse(JSON.stringify(declaration, withoutSchemas)) };
}

function withoutSchemas(key: string, value: unknown): unknown {
  return ['path', 'query', 'body', 'response', 'message'].includes(key) ? undefined : value;
}

/** Functions that are without the same parts are bundled in one go. */
async function bundleCatalog(catalog: readonly CatalogFunction[]): Promise<BundleReport[]> {
  const groups = Map.groupBy(catalog, ({ declaration }) => unusedParts(declaration.grants).join());
  const reports = await Promise.all([...groups.values()].map(bundleGroup));
  return reports.flat();
}

async function bundleGroup(group: readonly CatalogFunction[]): Promise<BundleReport[]> {
  const [first] = group;
  if (first === undefined) return [];
  const options = {
    ...BUNDLE_OPTIONS,
    outdir: FUNCTIONS_DIR,
    plugins: [...PLUGINS, leaveOut(unusedParts(first.declaration.grants))],
  };
  const entries = group.map(({ path }) => ({ in: `functions/${path}.ts`, out: `${path}/index` }));
  const metafile = await buildAndWrite({ ...options, entryPoints: entries });
  return Promise.all(
    group.map(async ({ path }) => {
      if (!loadsOnDemand(path, metafile)) return reportOf(path, metafile);
      const outdir = join(FUNCTIONS_DIR, path);
      const entryPoints = [{ in: `functions/${path}.ts`, out: 'index' }];
      return reportOf(
        path,
        await buildAndWrite({ ...options, outdir, entryPoints, splitting: true }),
      );
    }),
  );
}

/** Without chunks of its own, a function would read at start-up what it loads on demand. */
function loadsOnDemand(path: string, { inputs, outputs }: Metafile): boolean {
  const used = Object.keys(outputs[outputOf(path)]?.inputs ?? {});
  return used.some((input) =>
    inputs[input]?.imports.some(({ kind, external }) => kind === 'dynamic-import' && !external),
  );
}

/** Of its own description a client reads the version. */
const VERSION_ONLY: Plugin = {
  name: 'version-only',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk\/client-[\w-]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** What every function is bundled without. */
export const PLUGINS = [
  VERSION_ONLY,
  SDK_PARTS,
  UNUSED_ANYWHERE,
  DATES_WITHOUT_EFFECTS,
  UNUSED_SCHEMAS,
];

/** Operations are loaded on demand, from chunks that share what they have in common. */
async function bundleFallback(
  path: string,
  operations: readonly CatalogFunction<OperationDeclaration>[],
): Promise<BundleReport> {
  const metafile = await buildAndWrite({
    ...BUNDLE_OPTIONS,
    outdir: join(FUNCTIONS_DIR, path),
    entryNames: 'index',
    splitting: true,
    plugins: PLUGINS,
    stdin: { contents: fallbackSource(operations), resolveDir: ROOT, loader: 'ts' },
  });
  return reportOf(path, metafile);
}

function fallbackSource(operations: readonly CatalogFunction<OperationDeclaration>[]): string {
  const entries = operations.map(({ path, declaration }) => {
    const routeKeys = JSON.stringify(routeKeysOf(declaration));
    return `{ routeKeys: ${routeKeys}, load: () => import('./functions/${path}.ts') }`;
  });
  return `import { fallback } from './infra/aws/fallback.ts';
export const handler = fallback([${entries.join(',\n')}]);`;
}

async function buildAndWrite(options: typeof BUNDLE_OPTIONS & BuildOptions): Promise<Metafile> {
  const { metafile, outputFiles } = await build(options);
  for (const { path, contents } of outputFiles) {
    const target = path.endsWith('.map') ? path.replace(FUNCTIONS_DIR, MAPS_DIR) : path;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, contents);
  }
  return metafile;
}

function outputOf(path: string): string {
  return `dist/functions/${path}/index.mjs`;
}

function reportOf(path: string, metafile: Metafile): BundleReport {
  const output = outputOf(path);
  return { path, file: join(ROOT, output), bytes: startupBytes(output, metafile, new Set()) };
}

/** The size of a module and of what it imports, but not of what it imports on demand. */
function startupBytes(output: string, { outputs }: Metafile, seen: Set<string>): number {
  const found = outputs[output];
  if (found === undefined || seen.has(output)) return 0;
  seen.add(output);
  const needed = found.imports.filter(({ kind }) => kind === 'import-statement');
  const sizes = needed.map(({ path }) => startupBytes(path, { inputs: {}, outputs }, seen));
  return sizes.reduce((sum, size) => sum + size, found.bytes);
}

function table(reports: readonly BundleReport[]): string {
  const rows = reports.map(
    ({ path, bytes }) => `${(bytes / 1024).toFixed(1).padStart(7)} KB  ${path}`,
  );
  return rows.join('\n');
}

if (import.meta.main) {
  const reports = await bundle();
  console.log(table(reports));
  const offenders = reports.filter(({ bytes }) => bytes > BUDGET_BYTES);
  if (offenders.length > 0) {
    const names = offenders.map(({ path }) => path).join(', ');
    console.error(`More than ${BUDGET_BYTES / 1024} KB to read at start-up: ${names}`);
    process.exitCode = 1;
  }
}
