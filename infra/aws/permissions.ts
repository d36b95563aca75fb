import { Aws, Fn } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { INDEX_NAMES } from '#operation/declare/declaration.ts';
import { type Granted, type ResourceName, statementsOf } from '#operation/declare/statements.ts';
import type { SharedResources } from './shared-resources.ts';

/** Everything that a function may do: its statements, its own log and its traces. */
export function policyOf(
  granted: Granted,
  resources: SharedResources,
  log: ILogGroup,
): PolicyStatement[] {
  return [
    ...statementsOf(granted).flatMap(({ effect, actions, resources: names }) => {
      const arns = names.flatMap((name) => arnsOf(name, resources));
      // Neither is there anything to allow of an acquirer in the bundle, nor of mail without a sender.
      if (arns.length === 0) return [];
      const conditions = Object.assign({}, ...names.map((name) => conditionsOf(name, resources)));
      const isDenied = effect === 'deny';
      return [
        new PolicyStatement({
          effect: isDenied ? Effect.DENY : Effect.ALLOW,
          actions: [...actions],
          resources: arns,
          conditions,
        }),
      ];
    }),
    // The ARN of a log group ends in `:*`, its streams, which Lambda names itself.
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [log.logGroupArn]),
    allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
  ];
}

/** A statement that allows actions on resources. */
export function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

function arnsOf(name: ResourceName, resources: SharedResources): string[] {
  const { tables, tableKey, wrappingKey, stage } = resources;
  switch (name) {
    case 'table/ledger':
      return [tables.ledger.tableArn];
    case 'table/access':
      return [tables.access.tableArn];
    case 'key/data':
      return [wrappingKey.keyArn];
    case 'key/tables':
      return [tableKey.keyArn];
    case 'sender':
      return stage.mailFrom === null ? [] : identitiesOf(stage.mailFrom);
    case 'acquirer':
      return [];
    case 'phone':
      return ['*'];
    case 'topic':
      return [`arn:${Aws.PARTITION}:sns:*:*:*`];
    default:
      return [partArnOf(name, resources)];
  }
}

function partArnOf(
  name: Extract<ResourceName, `queue/${string}` | `table/ledger/index/${string}`>,
  { tables, queues }: SharedResources,
): string {
  const own = Object.entries(queues).find(([queue]) => name === `queue/${queue}`);
  if (own !== undefined) return own[1].queueArn;
  const index = INDEX_NAMES.find((one) => name === `table/ledger/index/${one}`);
  if (index === undefined) throw new Error(`There is no ${name}`);
  return Fn.join('/', [tables.ledger.tableArn, 'index', index]);
}

/** SES checks the identity that it has verified: the address itself, or its domain. */
function identitiesOf(address: string): string[] {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return [address, domain].map(
    (identity) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/${identity}`,
  );
}

function conditionsOf(name: ResourceName, { stage }: SharedResources): object {
  switch (name) {
    case 'key/tables':
      // DynamoDB uses it in the name of its caller; through nothing else may a caller.
      return { StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}` } };
    case 'sender':
      return { StringEquals: { 'ses:FromAddress': stage.mailFrom } };
    default:
      return {};
  }
}
