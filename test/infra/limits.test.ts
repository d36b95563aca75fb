import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { catalog } from '#functions/catalog.ts';
import { type CatalogFunction, operationsByFace } from '#infra/aws/catalog.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { ofType, type Resource, resourcesOf } from './synthesise.ts';

/** CloudFormation allows 500; the rest is room for what comes. */
const MAX_RESOURCES = 450;

function operation(family: number, index: number): CatalogFunction<OperationDeclaration> {
  return {
    path: `paylands/family-${family}/operation-${index}`,
    declaration: {
      kind: 'operation',
      face: 'paylands',
      name: `operation${family}x${index}`,
      summary: 'An operation',
      tag: 'Operations',
      routes: [`POST /family-${family}/operation-${index}/{uuid}`],
      profiles: [],
      signed: true,
      timeoutSeconds: 20,
      grants: { ledger: ['read', 'put'], key: true, sends: ['notifications'] },
      response: z.object({}),
      errors: {},
    },
  };
}

/** The catalog grown to 130 functions, a third of them in one family. */
function grownCatalog(): CatalogFunction[] {
  const others = 130 - catalog.length;
  const operations = Array.from({ length: others }, (_, index) =>
    operation(index % 3 === 0 ? 0 : 1 + (index % 7), index),
  );
  return [...catalog, ...operations];
}

function largestStack(resources: readonly Resource[]): number {
  const stacks = Map.groupBy(resources, ({ stack }) => stack);
  return Math.max(...[...stacks.values()].map((members) => members.length));
}

test('no stack of the catalog is near the limit', () => {
  expect(largestStack(resourcesOf(catalog))).toBeLessThan(MAX_RESOURCES);
});

test('with 130 functions, stacks and APIs stay within the limits', () => {
  const resources = resourcesOf(grownCatalog());
  const faces = operationsByFace(catalog).length;
  expect(ofType(resources, 'AWS::Lambda::Function')).toHaveLength(130 + faces);
  expect(largestStack(resources)).toBeLessThan(MAX_RESOURCES);
  expect(new Set(resources.map(({ stack }) => stack)).size).toBeLessThanOrEqual(8);
  const apis = ofType(resources, 'AWS::ApiGatewayV2::Api').map(({ Properties }) => Properties.Body);
  expect(apis).toHaveLength(faces);
  for (const body of apis) {
    const routes = Object.values<object>(body.paths).flatMap((path) => Object.keys(path));
    expect(routes.length).toBeLessThanOrEqual(300);
    const integrations = body.components['x-amazon-apigateway-integrations'];
    expect(Object.keys(integrations).length).toBeLessThanOrEqual(300);
  }
});

test('a function costs fewer than four resources besides its API', () => {
  const before = resourcesOf(catalog).length;
  const added = grownCatalog().length - catalog.length;
  const after = resourcesOf(grownCatalog()).length;
  expect((after - before) / added).toBeLessThan(4);
});

test('a face with more routes than an API may have is refused at synthesis', () => {
  const operations = Array.from({ length: 150 }, (_, index) => operation(index % 8, index));
  const jobs = catalog.filter(({ declaration }) => declaration.kind === 'job');
  expect(() => resourcesOf([...jobs, ...operations])).toThrow('would have 301 routes');
});

test('a name that is too long for Lambda is refused at synthesis', () => {
  expect(() => resourcesOf(catalog, { stage: 'a-long-stage-xy' })).toThrow(
    'more than 64 characters',
  );
});
