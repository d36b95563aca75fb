import { join } from 'node:path';

/** The root of the project, and of the package that is made of it. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** Where every function has a folder of its own, which becomes its asset. */
export const FUNCTIONS_DIR = join(ROOT, 'dist', 'functions');

/** Maps stay out of the assets: a function that reads one at start-up starts half as fast. */
export const MAPS_DIR = join(ROOT, 'dist', 'maps');
