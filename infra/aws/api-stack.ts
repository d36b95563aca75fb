import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { BASE_PATHS } from '#infra/faces.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { alarmOnAny } from './alarms.ts';
import { logGroup } from './log-group.ts';
import { nameIn } from './names.ts';
import type { SharedResources } from './shared-resources.ts';

/** The HTTP API of a face, without its routes: those are in the stacks of their functions. */
export class ApiStack extends Stack {
  readonly api: HttpApi;

  constructor(app: App, face: OperationDeclaration['face'], resources: SharedResources) {
    const { stage, alarms } = resources;
    super(app, nameIn(stage.name, `${face}-api`));
    this.api = new HttpApi(this, 'Api', {
      apiName: nameIn(stage.name, face),
      createDefaultStage: false,
    });
    // Logs under this prefix need no entry in the account's resource policy, which is limited.
    const log = logGroup(this, `/aws/vendedlogs/${nameIn(stage.name, `${face}-api`)}`, stage);
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: stage.throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    // A function that answers 500 did not fail by Lambda's count, but it did by its caller's.
    alarmOnAny(this, 'ServerErrors', this.api.metricServerError(), alarms);
    for (const base of BASE_PATHS[face]) {
      new CfnOutput(this, `Url ${base}`, { value: `${this.api.apiEndpoint}${base}` });
    }
  }
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
