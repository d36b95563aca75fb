import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const { forbidden = [], options }: IConfiguration = createRequire(import.meta.url)(
  join(ROOT, '.dependency-cruiser.cjs'),
);

/** The names of the rules that the files of a folder break. */
async function brokenIn(baseDir: string): Promise<string[]> {
  const rooms = ['shared', 'functions', 'infra'];
  const given = { ...options, baseDir, ruleSet: { forbidden }, validate: true };
  const { output } = await cruise(rooms, given, { bustTheCache: true });
  const { violations } = (output as ICruiseResult).summary;
  return [...new Set(violations.map(({ rule }) => rule.name))];
}

/** A project of some files, each with what it imports. */
async function broken(files: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-arrows-'));
  for (const room of ['shared/x', 'functions/x', 'infra/x']) {
    mkdirSync(join(folder, room), { recursive: true });
    writeFileSync(join(folder, room, 'empty.ts'), 'export {};');
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const found = await brokenIn(folder);
  rmSync(folder, { recursive: true });
  return found;
}

const THING = 'export interface Thing { name: string }';
const needs = (path: string) =>
  `import type { Thing } from '${path}';\n${THING}\nexport type T = Thing;`;

/** Files that break a rule. */
const BREACHES: readonly [rule: string, files: Record<string, string>][] = [
  [
    'no-circles',
    {
      'shared/ledger/a/one.ts': needs('./other.ts'),
      'shared/ledger/a/other.ts': needs('./one.ts'),
    },
  ],
  [
    'ledger-alone',
    { 'shared/ledger/a/one.ts': needs('../../queues/q.ts'), 'shared/queues/q.ts': THING },
  ],
  [
    'operation-knows-no-face',
    { 'shared/operation/a.ts': needs('../faces/f.ts'), 'shared/faces/f.ts': THING },
  ],
  [
    'faces-ask-no-store',
    { 'shared/faces/f.ts': needs('../store/s.ts'), 'shared/store/s.ts': THING },
  ],
  [
    'store-implements-the-ledger',
    { 'shared/store/s.ts': needs('../faces/f.ts'), 'shared/faces/f.ts': THING },
  ],
  [
    'functions-know-no-infrastructure',
    { 'functions/a/f.ts': needs('../../infra/i.ts'), 'infra/i.ts': THING },
  ],
  [
    'nobody-imports-the-catalog',
    { 'functions/a/f.ts': needs('../catalog.ts'), 'functions/catalog.ts': THING },
  ],
  [
    'shared-knows-no-function',
    { 'shared/queues/q.ts': needs('../../functions/a/f.ts'), 'functions/a/f.ts': THING },
  ],
  ['functions-alone', { 'functions/a/f.ts': needs('./g.ts'), 'functions/a/g.ts': THING }],
  [
    'no-test-in-the-product',
    { 'shared/queues/q.ts': needs('../../test/t.ts'), 'test/t.ts': THING },
  ],
];

describe('an arrow that must not be', () => {
  test.each(BREACHES)('breaks %s', async (rule, files) => {
    expect(await broken(files)).toContain(rule);
  });

  test('has a case here for each rule', () => {
    const rules = forbidden.map(({ name }) => name);
    expect(BREACHES.map(([rule]) => rule).toSorted()).toEqual(rules.toSorted());
  });
});

test('all arrows are right', async () => {
  expect(await brokenIn(ROOT)).toEqual([]);
});
