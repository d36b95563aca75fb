import { join } from 'node:path';

/** Has Node keep what it makes of the packages, which the processes of all files load again. */
export default function keepCompiled(): void {
  process.env.NODE_COMPILE_CACHE ??= join(
    import.meta.dirname,
    '../../node_modules/.cache/compiled',
  );
}
