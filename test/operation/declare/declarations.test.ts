import { describe, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/aws/catalog.ts';

const operations = functionsOf(catalog, 'operation').map(({ path, declaration }) => ({
  path,
  declaration,
}));

/** The names in a route: `order_uuid` of `GET /order/{order_uuid}`. */
const namesIn = (route: string) => [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

describe.each(operations)('$path', ({ declaration }) => {
  test('validates what its route names, and nothing else', () => {
    const [route] = declaration.routes;
    const { path } = declaration;
    const shape = path === undefined ? {} : Reflect.get(path._zod.def, 'shape');
    expect(Object.keys(shape).toSorted()).toEqual(namesIn(route).toSorted());
  });

  test('names the same parameters in all of its routes', () => {
    const [first, ...others] = declaration.routes.map((route) => namesIn(route).toSorted());
    for (const names of others) expect(names).toEqual(first);
  });
});

test('every function has a name of its own', () => {
  const names = catalog.map(({ declaration }) => declaration.name);
  expect(new Set(names).size).toBe(names.length);
});
