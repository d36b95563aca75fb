import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long for what they are, because they wait: begun last they would end alone. */
const LONG = [
  'flows/validation',
  'store/counting',
  'execution/lost-answers',
  'execution/deadlines',
  'flows/renewal-crash',
  'flows/batch-crash',
  'flows/crash',
  'flows/access',
  'flows/dead-receiver',
  'simulation/simulation',
  'store/list-reads',
  'docs/clients',
  'local/start',
  'local/engine',
  'store/book',
  'cli/',
];

/**
 * Begins with the files that take longest; on a fresh checkout nobody has measured them yet. Beside
 * the very longest, one process drives a browser for one file after the other: a process that files
 * share ends when a file of another project is next.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const of = (name: string) => sorted.filter(({ project }) => project.name === name);
    const [first, ...others] = [...of('browser'), ...of('alone')];
    const together = of('together').toSorted((one, other) => rankOf(one) - rankOf(other));
    const beside = (this.ctx.config.maxWorkers ?? 1) - 1;
    const begin = [...(first ? [first] : []), ...together.slice(0, beside)];
    return [...begin, ...others, ...together.slice(beside)];
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONG.findIndex((part) => moduleId.includes(part));
  return rank === -1 ? LONG.length : rank;
}
