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
      errors: [],
    },
  };
}

/** How many functions are missing to 130. */
const MISSING = 130 - catalog.length;

/** The catalog grown to 130 functions, a third of them in one family. */
const grown = resourcesOf([
  ...catalog,
  ...Array.from({ length: MISSING }, (_, index) =>
    operation(index % 3 === 0 ? 0 : 1 + (index % 7), index),
  ),
]);

const today = resourcesOf(catalog);

function largestStack(resources: readonly Resource[]): number {
  const stacks = Map.groupBy(resources, ({ stack }) => stack);
  return Math.max(...[...stacks.values()].map((members) => members.length));
}

test('no stack of the catalog is near the limit', () => {
  expect(largestStack(today)).toBeLessThan(MAX_RESOURCES);
});

test('with 130 functions, stacks and APIs stay within the limits', () => {
  const faces = operationsByFace(catalog).length;
  expect(ofType(grown, 'AWS::Lambda::Function')).toHaveLength(130 + faces);
  expect(largestStack(grown)).toBeLessThan(MAX_RESOURCES);
  expect(new Set(grown.map(({ stack }) => stack)).size).toBeLessThanOrEqual(8);
  const apis = ofType(grown, 'AWS::ApiGatewayV2::Api').map(({ Properties }) => Properties.Body);
  expect(apis).toHaveLength(faces);
  for (const body of apis) {
    const routes = Object.values<object>(body.paths).flatMap((path) => Object.keys(path));
    expect(routes.length).toBeLessThanOrEqual(300);
    const integrations = body.components['x-amazon-apigateway-integrations'];
    expect(Object.keys(integrations).length).toBeLessThanOrEqual(300);
  }
});

test('a function costs fewer than four resources besides its API', () => {
  expect((grown.length - today.length) / MISSING).toBeLessThan(4);
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
