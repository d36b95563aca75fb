import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { type CatalogFunction, gatewayRoutesOf } from './catalog.ts';

/** What AWS allows an HTTP API before one asks for more. */
const MAX_ROUTES = 300;

/** The longest that an HTTP API waits for a function, in milliseconds. */
const GATEWAY_TIMEOUT_MS = 30_000;

/** A function that an API leads requests to. */
interface Target {
  name: string;
  /** Its ARN. */
  arn: string;
  routeKeys: readonly string[];
}

/** How an API reaches functions. */
export interface Invocation {
  /** The ARN of a Lambda, by its path in the catalog. */
  arnOf(path: string): string;
  /** The address under which API Gateway invokes the Lambda with an ARN. */
  uriOf(arn: string): string;
  /** The role that the API invokes functions in. */
  roleArn: string;
}

/**
 * The API of a face as one OpenAPI document: all its routes are one resource to CloudFormation and
 * one import to API Gateway, whose control plane takes ten calls a second. Every function has one
 * integration, which its routes share; what is no route goes to the fallback.
 * @throws when the face has more routes than an API may have
 */
export function apiDocument(
  title: string,
  operations: readonly CatalogFunction<OperationDeclaration>[],
  fallbackPath: string,
  invocation: Invocation,
): object {
  const all = operations.map((one) => one.declaration);
  const targets = operations.map(({ path, declaration }) => ({
    name: declaration.name,
    arn: invocation.arnOf(path),
    routeKeys: gatewayRoutesOf(declaration, all),
  }));
  const fallback = { name: 'fallback', arn: invocation.arnOf(fallbackPath), routeKeys: [] };
  const count = targets.flatMap(({ routeKeys }) => routeKeys).length + 1;
  if (count > MAX_ROUTES) throw new Error(`The API of ${title} would have ${count} routes`);
  return {
    openapi: '3.0.1',
    info: { title, version: '1' },
    paths: {
      ...pathsOf(targets),
      '/$default': {
        'x-amazon-apigateway-any-method': { isDefaultRoute: true, ...operationOf('fallback', []) },
      },
    },
    components: {
      [INTEGRATIONS]: Object.fromEntries(
        [...targets, fallback].map((one) => [one.name, integrationOf(one, invocation)]),
      ),
    },
  };
}

const INTEGRATIONS = 'x-amazon-apigateway-integrations';

function pathsOf(targets: readonly Target[]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const { name, routeKeys } of targets) {
    for (const routeKey of routeKeys) {
      const [method = '', path = ''] = routeKey.split(' ');
      const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter);
      paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name, parameters) };
    }
  }
  return paths;
}

function operationOf(name: string, parameters: readonly string[]): object {
  return {
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(pathParameter) }),
    responses: { default: { description: 'What the function answers' } },
    'x-amazon-apigateway-integration': { $ref: `#/components/${INTEGRATIONS}/${name}` },
  };
}

function pathParameter(name: string): object {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

function integrationOf({ arn }: Target, { uriOf, roleArn }: Invocation): object {
  return {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: uriOf(arn),
    credentials: roleArn,
    payloadFormatVersion: '2.0',
    timeoutInMillis: GATEWAY_TIMEOUT_MS,
  };
}
