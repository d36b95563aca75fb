import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The numbers of a document's sections: `C.3` and `5.18`. */
function sectionsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ ([A-Z](?:\.\d+)*|\d+(?:\.\d+)*)\.? /gm)].map(
    ([, number = '']) => number,
  );
}

const sections = new Set([
  ...sectionsOf('docs/contract/paylands.md'),
  ...sectionsOf('docs/contract/highlevel.md'),
]);

/** What code and documents cite: `contract C.3`, `contract A.2–A.6, B.4`, `contract 1.2 to 1.5`. */
function citationsIn(text: string): string[] {
  const NUMBER = '(?:[A-Z](?:\\.\\d+)*|\\d+(?:\\.\\d+)*)\\b';
  const list = new RegExp(`[Cc]ontract (${NUMBER}(?:(?:,| and| to|–)\\s?${NUMBER})*)`, 'g');
  return [...text.matchAll(list)].flatMap(
    ([, all = '']) => all.match(new RegExp(NUMBER, 'g')) ?? [],
  );
}

const files = globSync('{shared,functions,infra,test,docs}/**/*.{ts,md}', { cwd: ROOT }).filter(
  (path) => !path.startsWith('docs/contract/') && !path.startsWith('test/docs/'),
);

const citations = files.flatMap((path) =>
  citationsIn(read(path)).map((section) => ({ path, section })),
);

test('citations are found in all their forms', () => {
  const text =
    '(contract C.3, pushPayment) Contract A.2–A.6, B.4; contract 1.2 to 1.5. contract G: x';
  expect(citationsIn(text)).toEqual(['C.3', 'A.2', 'A.6', 'B.4', '1.2', '1.5', 'G']);
});

test('there are citations of both contracts', () => {
  expect(citations.filter(({ section }) => /^[A-Z]/.test(section)).length).toBeGreaterThan(50);
  expect(citations.filter(({ section }) => /^\d/.test(section)).length).toBeGreaterThan(10);
});

test('every citation finds its section', () => {
  expect(citations.filter(({ section }) => !sections.has(section))).toEqual([]);
});

describe.each(['paylands', 'highlevel'])('the contract of %s', (face) => {
  const text = read(`docs/contract/${face}.md`);

  test('has no section twice', () => {
    const numbers = sectionsOf(`docs/contract/${face}.md`);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('says of each fact of an operation how sure it is', () => {
    const [, after = ''] = text.split(/^#+ (?:C\. Operations|5\. Operations)$/m);
    const facts = after.split('\n').filter((line) => line.startsWith('- ') && line.includes(':'));
    const unmarked = facts.filter(
      (line) => !/\(([DCA](, [DCA])*(,? ?from [DCA])?|C: [^)]*|see [^)]*)\)/.test(line),
    );
    expect(unmarked.filter((line) => !line.includes('see ['))).toEqual([]);
  });
});
