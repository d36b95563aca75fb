import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkStageSettings, STAGE_SETTINGS } from '#operation/runtime/settings.ts';

interface Row {
  names: string[];
  standard: string;
}

/** The variables of the guide's table, and their defaults. */
function documented(): Row[] {
  const guide = readFileSync('docs/configuration.md', 'utf8');
  return guide.split('\n').flatMap((line) => {
    const [, names = '', standard = ''] = line.split('|').map((cell) => cell.trim());
    const found = names.match(/[A-Z][A-Z_]{3,}/g);
    return found === null ? [] : [{ names: found, standard: standard.replaceAll('`', '') }];
  });
}

const names = () => documented().flatMap((row) => row.names);

test('the guide has every setting, and no other', () => {
  const source = readFileSync('shared/operation/runtime/settings.ts', 'utf8');
  const settings = [...source.matchAll(/^ {2}([A-Z][A-Z_]{3,}):/gm)].map(([, name]) => name);
  expect(settings).toEqual(expect.arrayContaining([...STAGE_SETTINGS]));
  expect(names().sort()).toEqual(settings.sort());
});

test('a stage may set what has a default', () => {
  const rows = documented().filter(({ standard }) =>
    /^(\d[\d,]*|true|false|[a-z]+)$/.test(standard),
  );
  expect(rows.length).toBeGreaterThan(8);
  const settings = rows.flatMap((row) => row.names.map((name) => [name, row.standard]));
  expect(() => checkStageSettings(Object.fromEntries(settings))).not.toThrow();
});
