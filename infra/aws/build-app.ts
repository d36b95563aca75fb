import { type App, Tags } from 'aws-cdk-lib';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { AlarmsStack } from './alarms-stack.ts';
import { ApiStack } from './api-stack.ts';
import {
  type CatalogFunction,
  familyOf,
  functionsOf,
  operationsByFace,
  routeKeysOf,
} from './catalog.ts';
import { DataStack } from './data-stack.ts';
import { FallbackStack } from './fallback-stack.ts';
import { JobsStack } from './jobs-stack.ts';
import { OperationsStack } from './operations-stack.ts';
import { QueuesStack } from './queues-stack.ts';
import { SchedulesStack } from './schedules-stack.ts';
import type { SharedResources } from './shared-resources.ts';
import type { Stage } from './stage.ts';

/** What AWS allows an HTTP API before one asks for more. */
const MAX_ROUTES = 300;

/** Adds the stacks of a stage to an app, for whatever is in the catalog. */
export function buildApp(
  app: App,
  catalog: readonly CatalogFunction[],
  stage: Stage,
  bundleOf: SharedResources['bundleOf'],
): void {
  const jobs = functionsOf(catalog, 'job').map((one) => one.declaration);
  const schedules = functionsOf(catalog, 'schedule').map((one) => one.declaration);
  const { tables, tableKey, wrappingKey } = new DataStack(app, stage);
  const { topic: alarms } = new AlarmsStack(app, stage);
  const { queues } = new QueuesStack(app, jobs, stage, alarms);
  const resources = { stage, tables, tableKey, wrappingKey, queues, alarms, bundleOf };
  for (const [face, operations] of operationsByFace(catalog)) {
    addFace(app, face, operations, resources);
  }
  new JobsStack(app, jobs, resources);
  new SchedulesStack(app, schedules, resources);
  Tags.of(app).add('pasarela:stage', stage.name);
}

/** One API, and a stack per family: a stack may have 500 resources, an operation needs eight. */
function addFace(
  app: App,
  face: OperationDeclaration['face'],
  operations: readonly CatalogFunction<OperationDeclaration>[],
  resources: SharedResources,
): void {
  const all = operations.map((one) => one.declaration);
  const routes = all.flatMap(routeKeysOf).length + 1;
  if (routes > MAX_ROUTES) throw new Error(`The API of ${face} would have ${routes} routes`);
  const { api } = new ApiStack(app, face, resources);
  for (const [family, members] of Map.groupBy(operations, familyOf)) {
    const declarations = members.map((one) => one.declaration);
    new OperationsStack(app, family, declarations, api, resources);
  }
  new FallbackStack(app, face, all, api, resources);
}
