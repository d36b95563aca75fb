import { Stack, Validations } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute, type HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { DeclaredFunction } from './declared-function.ts';

/** Leads routes of an API to a function: one integration and one permission for all of them. */
export function addRoutes(
  scope: DeclaredFunction,
  api: HttpApi,
  routeKeys: readonly string[],
): void {
  const { functionArn } = scope.lambda;
  const integration = new CfnIntegration(scope, 'Integration', {
    apiId: api.apiId,
    integrationType: 'AWS_PROXY',
    integrationUri: functionArn,
    payloadFormatVersion: '2.0',
  });
  for (const routeKey of routeKeys) {
    const route = new CfnRoute(scope, routeKey, {
      apiId: api.apiId,
      routeKey,
      target: `integrations/${integration.ref}`,
    });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The function checks key, profile and signature; an authorizer would be one more call.',
    });
  }
  new CfnPermission(scope, 'Permission', {
    action: 'lambda:InvokeFunction',
    functionName: functionArn,
    principal: 'apigateway.amazonaws.com',
    sourceArn: Stack.of(scope).formatArn({
      service: 'execute-api',
      resource: api.apiId,
      resourceName: '*/*',
    }),
  });
}
