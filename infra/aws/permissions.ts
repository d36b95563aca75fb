import { Aws, Fn } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { TABLES } from '#infra/resources.ts';
import type { Grants } from '#operation/declare/declaration.ts';
import type { SharedResources } from './shared-resources.ts';

/** Everything that a function may do: what its grants say, its own log and its traces. */
export function statementsOf(
  grants: Grants,
  resources: SharedResources,
  log: ILogGroup,
): PolicyStatement[] {
  const { tables, queues, wrappingKey } = resources;
  return [
    ...ledgerStatements(grants.ledger, tables.ledger),
    allow(['dynamodb:GetItem', 'dynamodb:Query'], [tables.access.tableArn]),
    tableKeyStatement(grants.ledger, resources),
    ...(grants.sends ?? []).map((name) => allow(['sqs:SendMessage'], [queues[name].queueArn])),
    ...(grants.key === true ? [allow(['kms:Decrypt'], [wrappingKey.keyArn])] : []),
    ...(grants.messages === true ? messageStatements() : []),
    // The ARN of a log group ends in `:*`, its streams, which Lambda names itself.
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [log.logGroupArn]),
    allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
  ];
}

/** Who sends mail is a setting and who gets an SMS is anybody: neither names a resource. */
function messageStatements(): PolicyStatement[] {
  return [allow(['ses:SendEmail', 'sns:Publish'], ['*'])];
}

/** A statement that allows actions on resources. */
export function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

/** The indexes are part of reading: they hold nothing that a query of the table cannot reach. */
function ledgerStatements(access: Grants['ledger'], table: ITable): PolicyStatement[] {
  const indexes = TABLES.filter(({ name }) => name === 'ledger').flatMap((one) => one.indexes);
  const arns = indexes.map((index) => Fn.join('/', [table.tableArn, 'index', index.name]));
  const actions = access === 'write' ? [...READ_ACTIONS, ...WRITE_ACTIONS] : READ_ACTIONS;
  return [allow(actions, [table.tableArn]), allow(['dynamodb:Query'], arns)];
}

const READ_ACTIONS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];

/** A transaction needs the permissions of the writes in it. */
const WRITE_ACTIONS = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

/** DynamoDB uses the tables' key in the name of its caller; through nothing else may a caller. */
function tableKeyStatement(access: Grants['ledger'], { tableKey }: SharedResources) {
  const statement = allow(
    access === 'write' ? [...KEY_READ_ACTIONS, ...KEY_WRITE_ACTIONS] : KEY_READ_ACTIONS,
    [tableKey.keyArn],
  );
  statement.addCondition('StringEquals', {
    'kms:ViaService': `dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}`,
  });
  return statement;
}

const KEY_READ_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey'];

const KEY_WRITE_ACTIONS = [
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
