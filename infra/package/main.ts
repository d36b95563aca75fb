import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { FUNCTIONS_DIR, ROOT } from '#infra/aws/bundle-folders.ts';

/** What is packed: laid out like the project, so that the construct finds the functions in both. */
export const PACKAGE_DIR = join(ROOT, 'dist', 'package');

/** Who installs the package has these already, in the versions of the app. */
const PEERS = ['aws-cdk-lib', 'constructs'] as const;

interface Manifest {
  version: string;
  description: string;
  engines: object;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/**
 * Makes the package that a team puts into its own CDK app: the construct and the administration as
 * JavaScript, and the bundled functions. It needs nothing else to be installed.
 */
export async function makePackage(): Promise<void> {
  rmSync(PACKAGE_DIR, { recursive: true, force: true });
  mkdirSync(PACKAGE_DIR, { recursive: true });
  cpSync(FUNCTIONS_DIR, join(PACKAGE_DIR, 'dist', 'functions'), { recursive: true });
  cpSync(join(ROOT, 'LICENSE'), join(PACKAGE_DIR, 'LICENSE'));
  cpSync(join(ROOT, 'docs', 'construct.md'), join(PACKAGE_DIR, 'README.md'));
  await bundleFor('infra/aws/pasarela.ts', 'dist/cdk/pasarela.js', [...PEERS]);
  await bundleFor('infra/cli/main.ts', 'dist/cli/main.js', [], '#!/usr/bin/env node\n');
  writeTypes();
  const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const text = JSON.stringify(manifestOf(manifest), null, 2);
  writeFileSync(join(PACKAGE_DIR, 'package.json'), `${text}\n`);
}

function manifestOf({ version, description, engines, ...own }: Manifest): object {
  const versions = { ...own.dependencies, ...own.devDependencies };
  return {
    name: 'pasarela',
    version,
    description,
    license: 'MIT',
    type: 'module',
    engines,
    exports: { '.': { types: './dist/cdk/pasarela.d.ts', default: './dist/cdk/pasarela.js' } },
    bin: { 'pasarela-admin': './dist/cli/main.js' },
    peerDependencies: Object.fromEntries(PEERS.map((name) => [name, versions[name]])),
  };
}

async function bundleFor(
  source: string,
  target: string,
  external: string[],
  firstLine = '',
): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [source],
    outfile: join(PACKAGE_DIR, target),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    external,
    // Packages of the older kind ask for Node's modules by `require`.
    banner: {
      js: `${firstLine}import { createRequire as requireOf } from 'node:module';
const require = requireOf(import.meta.url);`,
    },
  });
}

/** The types of the construct: its own files name no others of the project. */
function writeTypes(): void {
  const config = join(PACKAGE_DIR, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: ROOT,
    outDir: join(PACKAGE_DIR, 'types'),
  };
  const files = [join(ROOT, 'infra', 'aws', 'pasarela.ts')];
  const project = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, files, include: [] };
  writeFileSync(config, JSON.stringify(project));
  execFileSync(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', config], { stdio: 'inherit' });
  for (const name of ['pasarela', 'props']) {
    const source = join(PACKAGE_DIR, 'types', 'infra', 'aws', `${name}.d.ts`);
    const text = readFileSync(source, 'utf8').replaceAll(/(from '\.\/\w+)\.ts'/g, "$1.js'");
    writeFileSync(join(PACKAGE_DIR, 'dist', 'cdk', `${name}.d.ts`), text);
  }
  rmSync(join(PACKAGE_DIR, 'types'), { recursive: true });
  rmSync(config);
}

if (import.meta.main) {
  await makePackage();
  const packed = execFileSync('npm', ['pack', '--silent', PACKAGE_DIR], { encoding: 'utf8' });
  console.log(packed.trim());
}
