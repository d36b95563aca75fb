import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long for what they are, because they wait: begun last they would end alone. */
const LONG = [
  'flows/validation',
  'execution/lost-answers',
  'execution/deadlines',
  'flows/renewal-crash',
  'flows/batch-crash',
  'flows/crash',
  'local/start',
  'store/book',
  'cli/',
  'browser/',
];

/** Begins with the files that take longest; on a fresh checkout nobody has measured them yet. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const [long, others] = [true, false].map((wanted) =>
      sorted.filter(({ moduleId }) => LONG.some((part) => moduleId.includes(part)) === wanted),
    );
    return [...(long ?? []), ...(others ?? [])];
  }
}
