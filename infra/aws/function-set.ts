import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTIONS_DIR } from './bundle-folders.ts';
import type { CatalogFunction } from './catalog.ts';

/** Functions to deploy, with their bundles. */
export interface FunctionSet {
  catalog: readonly CatalogFunction[];
  /** The folder with the bundle of a function, by its path in the catalog. */
  bundleOf(path: string): string;
}

/** The list of functions beside their bundles. */
export const CATALOG_FILE = join(FUNCTIONS_DIR, 'catalog.json');

/**
 * The functions that were bundled last.
 * @throws when none were
 */
export function builtFunctions(): FunctionSet {
  return {
    catalog: JSON.parse(readFileSync(CATALOG_FILE, 'utf8')),
    bundleOf: (path) => join(FUNCTIONS_DIR, path),
  };
}
