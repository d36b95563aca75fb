import { Tags } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { ApiStack } from './api-stack.ts';
import { BackgroundStack } from './background-stack.ts';
import { type CatalogFunction, functionsOf, operationsByFace, roomOf } from './catalog.ts';
import { addDashboard } from './dashboard.ts';
import { DataStack } from './data-stack.ts';
import { type Deployable, deployableOf } from './declared-function.ts';
import { fallbackDeclaration } from './fallback-declaration.ts';
import type { FunctionSet } from './function-set.ts';
import { FunctionsStack } from './functions-stack.ts';
import { MessagingStack } from './messaging-stack.ts';
import type { PasarelaProps } from './props.ts';
import type { SharedResources } from './shared-resources.ts';
import { stageOf } from './stage.ts';

/** What a stage consists of that others may use. */
export interface StageResources extends SharedResources {
  apis: Readonly<Record<OperationDeclaration['face'], IHttpApi>>;
}

/**
 * Adds the stacks of a stage, for whatever functions there are: data, messaging, one for each room
 * of the catalog, what runs in the background, and the APIs.
 * @throws when a setting is not valid, or a name or an API would be larger than AWS allows
 */
export function addStacks(
  scope: Construct,
  props: PasarelaProps,
  { catalog, bundleOf }: FunctionSet,
): StageResources {
  const stage = stageOf(props);
  const jobs = functionsOf(catalog, 'job').map((one) => one.declaration);
  const { tables, tableKey, wrappingKey } = new DataStack(scope, stage);
  const { queues, alarms } = new MessagingStack(scope, jobs, stage, props.alarmTopic ?? null);
  const resources = { stage, tables, tableKey, wrappingKey, queues, alarms, bundleOf };
  const rooms = [...deployablesByRoom(catalog)].map(
    ([room, members]) => new FunctionsStack(scope, room, members, resources),
  );
  new BackgroundStack(scope, catalog, resources);
  const api = new ApiStack(scope, catalog, resources);
  // It names functions without importing them: what one stack imports no other can give up.
  for (const room of rooms) api.addStackDependency(room);
  addDashboard(api, resources);
  Tags.of(scope).add('pasarela:stage', stage.name);
  return { ...resources, apis: api.apis };
}

/** The functions behind the APIs, the fallback of each face among those of its room. */
function deployablesByRoom(catalog: readonly CatalogFunction[]): Map<string, Deployable[]> {
  const operations = functionsOf(catalog, 'operation').map(deployableOf);
  const fallbacks = operationsByFace(catalog).map(([face, members]) =>
    fallbackDeclaration(
      face,
      members.map((one) => one.declaration),
    ),
  );
  return Map.groupBy([...operations, ...fallbacks], roomOf);
}
