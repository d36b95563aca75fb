import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long for what they are, because they wait: begun last they would end alone. */
const LONG = [
  'flows/validation',
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
  'store/counting',
  'cli/',
];

/** Begins with the files that take longest; on a fresh checkout nobody has measured them yet. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

/** Those in processes of their own come first: a shared one ends when one of them is next. */
function rankOf({ moduleId, project }: TestSpecification): number {
  if (project.name === 'alone') return 0;
  return LONG.some((part) => moduleId.includes(part)) ? 1 : 2;
}
