import { ArnFormat, Aws, CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnApi,
  CfnApiMapping,
  CfnStage,
  DomainName,
  HttpApi,
  type IHttpApi,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BASE_PATHS } from '#infra/faces.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { alarm, alarmOnAny } from './alarms.ts';
import { apiDocument } from './api-document.ts';
import { type CatalogFunction, operationsByFace, roomOf } from './catalog.ts';
import { fallbackPath } from './fallback-declaration.ts';
import { logGroup } from './log-group.ts';
import { functionName, nameIn } from './names.ts';
import { allow } from './permissions.ts';
import type { SharedResources } from './shared-resources.ts';
import type { Stage } from './stage.ts';

type Face = OperationDeclaration['face'];

/** Clients notice answers that take so long, in milliseconds. */
const SLOW_MS = 5000;

/** The APIs of the faces. They name functions, so they are deployed after them. */
export class ApiStack extends Stack {
  readonly apis: Readonly<Record<Face, IHttpApi>>;

  constructor(scope: Construct, catalog: readonly CatalogFunction[], resources: SharedResources) {
    super(scope, 'api', { stackName: nameIn(resources.stage.name, 'api') });
    const apis = operationsByFace(catalog).map(([face, operations]) => {
      const { api } = new FaceApi(this, face, operations, resources);
      for (const base of BASE_PATHS[face]) {
        new CfnOutput(this, `Url ${face} ${base}`, { value: `${api.apiEndpoint}${base}` });
      }
      return [face, api];
    });
    this.apis = Object.fromEntries(apis);
  }
}

/** The HTTP API of a face: one document with all its routes, a stage, a log, alarms, a domain. */
class FaceApi extends Construct {
  readonly api: IHttpApi;

  constructor(
    scope: Stack,
    face: Face,
    operations: readonly CatalogFunction<OperationDeclaration>[],
    { stage, alarms }: SharedResources,
  ) {
    super(scope, face);
    const name = nameIn(stage.name, face);
    const api = new CfnApi(this, 'Api', {
      failOnWarnings: true,
      body: apiDocument(name, operations, fallbackPath(face), {
        arnOf: (path) => functionArn(scope, functionName(stage.name, path)),
        uriOf: (arn) =>
          `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`,
        roleArn: this.#invoker(scope, face, operations, stage).roleArn,
      }),
    });
    this.api = HttpApi.fromHttpApiAttributes(this, 'Imported', {
      httpApiId: api.ref,
      apiEndpoint: api.attrApiEndpoint,
    });
    const served = this.#serve(api, name, stage);
    this.#addDomain(face, served, stage);
    // A function that answers 500 did not fail by Lambda's count, but it did by its caller's.
    alarmOnAny(this, 'ServerErrors', this.api.metric('5xx'), alarms);
    alarm(this, 'Slow', this.api.metric('Latency', { statistic: 'p95' }), SLOW_MS, alarms);
  }

  /** The one role in which the API invokes the functions of its face, and no others. */
  #invoker(scope: Stack, face: Face, operations: readonly CatalogFunction[], stage: Stage): Role {
    const rooms = [...new Set([...operations, { path: fallbackPath(face) }].map(roomOf))];
    const patterns = rooms.map((room) => nameIn(stage.name, `${room}-*`));
    const functions = patterns.map((pattern) => functionArn(scope, pattern));
    const role = new Role(this, 'Invoker', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': scope.account } },
      }),
      inlinePolicies: {
        invoke: new PolicyDocument({ statements: [allow(['lambda:InvokeFunction'], functions)] }),
      },
    });
    for (const pattern of patterns) {
      const arn = `arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${pattern}`;
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${arn}]`,
        reason: 'All functions of a room, and nothing else, have names that begin like this.',
      });
    }
    return role;
  }

  #serve(api: CfnApi, name: string, stage: Stage): CfnStage {
    // Logs under this prefix need no entry in the account's resource policy, which is limited.
    const log = logGroup(this, `/aws/vendedlogs/${name}-api`, stage);
    return new CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingRateLimit: stage.throttle.rateLimit,
        throttlingBurstLimit: stage.throttle.burstLimit,
      },
      accessLogSettings: {
        destinationArn: log.logGroupArn,
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)).toString(),
      },
    });
  }

  /** The stage's domain for the face, if it has one; its DNS record is for its owner to make. */
  #addDomain(face: Face, served: CfnStage, stage: Stage): void {
    const wanted = stage.domains[face];
    if (wanted === undefined) return;
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', wanted.certificateArn);
    const domainName = new DomainName(this, 'Domain', { domainName: wanted.name, certificate });
    new CfnApiMapping(this, 'Mapping', {
      apiId: served.apiId,
      domainName: domainName.name,
      stage: served.ref,
    });
    new CfnOutput(this, 'DnsTarget', { value: domainName.regionalDomainName });
  }
}

function functionArn(scope: Stack, name: string): string {
  return scope.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** One line per request. The route, not the path: paths of hosted pages contain tokens. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};
