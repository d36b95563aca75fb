import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import type { GrantUse } from '#infra/local/grant-record.ts';
import { RECORD } from './folder.ts';
import { type Review, reviewOf } from './review.ts';

const REPORT = join(import.meta.dirname, '..', '..', 'dist', 'grants.md');

/**
 * After a run of all tests, says what each function is granted and what it used (in
 * `dist/grants.md`), and fails the run when something is granted that no test uses or an error is
 * answered that is not declared, or declared and brought about by no test.
 */
export default class GrantReporter implements Reporter {
  #vitest: Vitest | null = null;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    if (!(await this.#isWhole(modules))) return;
    const { catalog } = await import('#functions/catalog.ts');
    const reviews = reviewOf(catalog, recorded());
    mkdirSync(dirname(REPORT), { recursive: true });
    writeFileSync(REPORT, documentOf(reviews));
    const problems = reviews.flatMap(problemsOf);
    const count = (field: 'granted' | 'used' | 'excused') =>
      reviews.reduce((sum, review) => sum + review[field].length, 0);
    console.log(
      `Grants of ${reviews.length} functions: ${count('granted')} granted, ` +
        `${count('used')} used, ${count('excused')} with a reason. ${REPORT}`,
    );
    if (problems.length === 0) return;
    console.error(problems.join('\n'));
    process.exitCode = 1;
  }

  /** A part of the tests proves nothing of what the others use. */
  async #isWhole(modules: readonly TestModule[]): Promise<boolean> {
    if (this.#vitest === null || this.#vitest.config.testNamePattern !== undefined) return false;
    const all = await this.#vitest.globTestSpecifications();
    return modules.length === all.length && modules.every((one) => one.ok());
  }
}

function recorded(): GrantUse[] {
  return readdirSync(RECORD).flatMap((file) =>
    readFileSync(join(RECORD, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): GrantUse => JSON.parse(line)),
  );
}

function problemsOf(review: Review): string[] {
  const { path, unused, unproven, refused, neverAnswered, undeclared } = review;
  return [
    ...unused.map((name) => `${path} is granted what no test uses: ${name}`),
    ...unproven.map((part) => `${path} would do the same without its grant ${part}`),
    ...refused.map((name) => `${path} was refused: ${name}`),
    ...neverAnswered.map((code) => `${path} declares an error that no test brings about: ${code}`),
    ...undeclared.map((code) => `${path} answers an error that it does not declare: ${code}`),
  ];
}

function documentOf(reviews: readonly Review[]): string {
  const rows = reviews.map(
    ({ path, granted, used, unused, excused }) =>
      `| ${path} | ${granted.length} | ${used.join('<br>')} | ${unused.join('<br>')} | ${excused.length} |`,
  );
  return [
    '# Granted and used',
    '',
    '| function | granted | used | unused | unused, with a reason |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
