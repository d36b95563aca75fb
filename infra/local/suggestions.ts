import { basePathsOf, routeUnder } from '#infra/faces.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import type { CatalogEntry } from './functions.ts';

/** What somebody may have meant who asked for what is no route; null when nothing is like it. */
export type Suggest = (method: string, path: string) => string | null;

/** Of so many segments or letters a path may differ from what was meant. */
const MAX_DISTANCE = 4;

/** Suggests routes: the other method of the same path, or the path that is spelled most alike. */
export function suggestionsOf(operations: readonly CatalogEntry<OperationDeclaration>[]): Suggest {
  const routes = operations.flatMap(({ declaration }) =>
    basePathsOf(declaration).flatMap((base) =>
      declaration.routes.map((route) => routeUnder(base, route)),
    ),
  );
  return (method, path) => {
    const asked = path.replace(/(?<=.)\/$/, '');
    const distances = routes.map((route) => ({
      text: `${route.method} ${route.path}`,
      distance: distanceBetween(asked, route.path) + (route.method === method ? 0 : 0.5),
    }));
    const [nearest] = distances.sort((one, other) => one.distance - other.distance);
    return nearest !== undefined && nearest.distance <= MAX_DISTANCE ? nearest.text : null;
  };
}

/** How many letters differ, segment by segment; a parameter is like anything. */
function distanceBetween(path: string, template: string): number {
  const [asked, known] = [path.split('/'), template.split('/')];
  const count = Math.max(asked.length, known.length);
  let distance = 0;
  for (let index = 0; index < count; index += 1) {
    const [one = '', other = ''] = [asked[index], known[index]];
    const isParameter = other.startsWith('{') && one !== '';
    distance += isParameter ? 0.25 : lettersBetween(one, other);
  }
  return distance;
}

/** Levenshtein's distance. */
function lettersBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let index = 1; index <= other.length; index += 1) {
      const replaced = (row[index - 1] ?? 0) + (other[index - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
