import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The sections of a document by number, each with its text and that of the sections below it. */
function sectionsOf(path: string): [number: string, text: string][] {
  const text = read(path);
  const heads = [...text.matchAll(/^(#+) ([A-Z](?:\.\d+)*|\d+(?:\.\d+)*)\.? /gm)];
  return heads.map((head, index) => {
    const [, marks = '', number = ''] = head;
    const next = heads.slice(index + 1).find(([, other = '']) => other.length <= marks.length);
    return [number, text.slice(head.index, next?.index)];
  });
}

const sections = new Map([
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

/**
 * What a citation of Paylands' contract names of its section: `contract C.3, pushPayment`. Of
 * HighLevel's operations code has the SDK's names, and the contract has not.
 */
function namedIn(text: string): { section: string; name: string }[] {
  const named = /[Cc]ontract ([A-Z](?:\.\d+)*), (?:`([^`]+)`|([A-Za-z_]+))/g;
  return [...text.matchAll(named)].flatMap(([, section = '', quoted, word]) => {
    const name = quoted ?? word ?? '';
    const isName = quoted !== undefined || /[a-z][A-Z]|^[A-Z_]{2,}$/.test(name);
    return isName ? [{ section, name }] : [];
  });
}

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

test('a section has what a citation names of it', () => {
  const text = '(contract C.3, pushPayment) contract C.12, `device` contract D.1, EXPIRED';
  expect(namedIn(text).map(({ name }) => name)).toEqual(['pushPayment', 'device', 'EXPIRED']);
  const named = files.flatMap((path) => namedIn(read(path)).map((one) => ({ path, ...one })));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter(({ section, name }) => !sections.get(section)?.includes(name))).toEqual([]);
});

/** The paragraphs, items and rows of a document, without headings and the heads of tables. */
function factsOf(text: string): string[] {
  const blocks = text.split(/\n(?=\n|- |\||#)/).map((block) => block.trim());
  return blocks.filter(
    (block, index) =>
      block !== '' && !/^(#|\| ?-)/.test(block) && !blocks[index + 1]?.startsWith('| -'),
  );
}

const CONFIDENCE = /\([^()]*\b[DCA](,[^()]*)?\)|\(C: [^()]*\)|\| [DCA] \|$/;

describe.each(['paylands', 'highlevel'])('the contract of %s', (face) => {
  const path = `docs/contract/${face}.md`;

  test('has no section twice', () => {
    const numbers = sectionsOf(path).map(([number]) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('says of each fact how sure it is', () => {
    const facts = factsOf(read(path));
    expect(facts.length).toBeGreaterThan(60);
    const unmarked = facts.filter((fact) => !CONFIDENCE.test(fact));
    expect(unmarked.filter((fact) => !/^Marks: |: see \[.*\]\(#.*\)\.$/.test(fact))).toEqual([]);
  });
});
