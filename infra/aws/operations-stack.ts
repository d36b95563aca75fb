import { type App, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { routeKeysOf } from './catalog.ts';
import { DeclaredFunction } from './declared-function.ts';
import { nameIn } from './names.ts';
import { addRoutes } from './routes.ts';
import type { SharedResources } from './shared-resources.ts';

/** The operations of one resource family, with their routes. */
export class OperationsStack extends Stack {
  constructor(
    app: App,
    family: string,
    operations: readonly OperationDeclaration[],
    api: HttpApi,
    resources: SharedResources,
  ) {
    super(app, nameIn(resources.stage.name, family));
    for (const operation of operations) {
      addRoutes(new DeclaredFunction(this, operation, resources), api, routeKeysOf(operation));
    }
  }
}
