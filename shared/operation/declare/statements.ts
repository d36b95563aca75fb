import {
  type FunctionDeclaration,
  type Grants,
  INDEX_NAMES,
  type IndexName,
  type LedgerAction,
  type QueueName,
} from './declaration.ts';
import { writesLedger } from './grants.ts';

/**
 * A resource that functions act on, by its name in this project; the infrastructure knows its ARN.
 */
export type ResourceName =
  | 'table/ledger'
  | 'table/access'
  | `table/ledger/index/${IndexName}`
  | `queue/${QueueName}`
  /** The key that wraps the data key of the vault. */
  | 'key/data'
  /** The key that encrypts the tables. */
  | 'key/tables'
  /** The address that mail is sent from. */
  | 'sender'
  /** Who moves money. The sandbox is code in the bundle, of which IAM knows nothing. */
  | 'acquirer'
  /** Any telephone. */
  | 'phone'
  /** Any topic. */
  | 'topic';

/** One statement of a function's policy, as plain data. */
export interface Statement {
  effect: 'allow' | 'deny';
  actions: readonly string[];
  resources: readonly ResourceName[];
}

/** The part of a declaration that says what a function may do. */
export type Granted = Pick<FunctionDeclaration, 'grants'> & { queue?: QueueName };

/**
 * Everything that a function may do to the resources of its stage. The CDK makes its role of this,
 * and the local runner and the tests refuse what is not in it.
 */
export function statementsOf({ grants, queue }: Granted): Statement[] {
  const { ledger = [], access, sends = [], key, messages = [], acquirer } = grants;
  return [
    ...ledgerStatements(ledger),
    ...(access === undefined ? [] : [allow(ACCESS_ACTIONS[access], ['table/access'])]),
    ...tableKeyStatements(grants),
    ...sends.map((name) => allow(['sqs:SendMessage'], [`queue/${name}`])),
    ...(key === true ? [allow(['kms:Decrypt'], ['key/data'])] : []),
    ...(acquirer === true ? [allow(['acquirer:Ask'], ['acquirer'])] : []),
    ...messages.flatMap((channel) => MESSAGE_STATEMENTS[channel]),
    ...(queue === undefined ? [] : [allow(CONSUMER_ACTIONS, [`queue/${queue}`])]),
  ];
}

function allow(actions: readonly string[], resources: readonly ResourceName[]): Statement {
  return { effect: 'allow', actions, resources };
}

/** The statements of the ledger: one for the table, one for its indexes. */
function ledgerStatements(actions: readonly LedgerAction[]): Statement[] {
  const onTable = TABLE_ACTIONS.filter(([action]) => actions.includes(action));
  const indexes = INDEX_NAMES.filter((name) => actions.includes(`query ${name}`));
  return [
    ...(onTable.length === 0
      ? []
      : [
          allow(
            onTable.map(([, name]) => name),
            ['table/ledger'],
          ),
        ]),
    ...(indexes.length === 0
      ? []
      : [
          allow(
            ['dynamodb:Query'],
            indexes.map((name): ResourceName => `table/ledger/index/${name}`),
          ),
        ]),
  ];
}

/** A transaction has no permission of its own: it needs those of the writes in it. */
const TABLE_ACTIONS: readonly [LedgerAction, string][] = [
  ['read', 'dynamodb:BatchGetItem'],
  ['get', 'dynamodb:GetItem'],
  ['query', 'dynamodb:Query'],
  ['put', 'dynamodb:PutItem'],
  ['update', 'dynamodb:UpdateItem'],
  ['delete', 'dynamodb:DeleteItem'],
];

const ACCESS_ACTIONS = {
  read: ['dynamodb:GetItem'],
  list: ['dynamodb:GetItem', 'dynamodb:Query'],
} as const;

/** DynamoDB uses the tables' key in the name of its caller. */
function tableKeyStatements(grants: Grants): Statement[] {
  if (writesLedger(grants)) {
    return [allow([...KEY_READ_ACTIONS, ...KEY_WRITE_ACTIONS], ['key/tables'])];
  }
  const reads = grants.access !== undefined || grants.ledger !== undefined;
  return reads ? [allow(KEY_READ_ACTIONS, ['key/tables'])] : [];
}

const KEY_READ_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey'];

const KEY_WRITE_ACTIONS = [
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * An SMS has no resource that a policy could name, so topics, which have one, are denied. Mail goes
 * out from one address.
 */
const MESSAGE_STATEMENTS: Readonly<Record<'mail' | 'sms', readonly Statement[]>> = {
  mail: [allow(['ses:SendEmail'], ['sender'])],
  sms: [
    allow(['sns:Publish'], ['phone']),
    { effect: 'deny', actions: ['sns:Publish'], resources: ['topic'] },
  ],
};

/** What Lambda does in a consumer's name to feed it. */
const CONSUMER_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Whether statements allow an action on a resource: one must, and none may deny it. */
export function allows(
  statements: readonly Statement[],
  action: string,
  resource: string,
): boolean {
  const meant = statements.filter(
    ({ actions, resources }) =>
      actions.includes(action) && resources.some((one) => one === resource),
  );
  return meant.length > 0 && meant.every(({ effect }) => effect === 'allow');
}
