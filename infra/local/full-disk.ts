import { statfsSync } from 'node:fs';

/** With less the engines cannot write any more. */
const LEAST_BYTES = 1024 * 1024;

const WATCH_MS = 2000;

/** What is wrong with the disk of a folder, in a sentence; null when there is room on it. */
export function fullDisk(folder: string): string | null {
  const { bavail, bsize } = statfsSync(folder);
  const left = bavail * bsize;
  if (left >= LEAST_BYTES) return null;
  return `The disk of ${folder} is full: make room on it (${Math.floor(left / 1024)} KB are left)`;
}

/** Says when the disk of a folder becomes full: until there is room, writes fail. */
export function watchDisk(folder: string): void {
  let isFull = false;
  setInterval(() => {
    const problem = fullDisk(folder);
    if (problem !== null && !isFull) console.error(problem);
    if (problem === null && isFull) console.error(`There is room on the disk of ${folder} again`);
    isFull = problem !== null;
  }, WATCH_MS).unref();
}
