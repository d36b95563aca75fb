import { type App, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { DeclaredFunction } from './declared-function.ts';
import { fallbackDeclaration } from './fallback-declaration.ts';
import { nameIn } from './names.ts';
import { addRoutes } from './routes.ts';
import type { SharedResources } from './shared-resources.ts';

/** The function behind everything that is no route of a face's API. */
export class FallbackStack extends Stack {
  constructor(
    app: App,
    face: OperationDeclaration['face'],
    operations: readonly OperationDeclaration[],
    api: HttpApi,
    resources: SharedResources,
  ) {
    super(app, nameIn(resources.stage.name, `${face}-fallback`));
    const declaration = fallbackDeclaration(face, operations);
    addRoutes(new DeclaredFunction(this, declaration, resources), api, ['$default']);
  }
}
