import { fileURLToPath } from 'node:url';

let made: Promise<string> | null = null;

/** What the home page does where scripts run, as browsers understand it; made once. */
export function homeScript(): Promise<string> {
  made ??= bundled();
  return made;
}

async function bundled(): Promise<string> {
  // Whoever never opens the page does not wait for it.
  const { build } = await import('esbuild');
  const entry = fileURLToPath(new URL('client/main.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
  });
  return outputFiles[0]?.text ?? '';
}
