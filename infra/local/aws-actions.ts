import { QUEUES } from '#infra/resources.ts';
import { queueVariable } from '#operation/declare/grants.ts';

/** What IAM is asked about a call. */
export interface ActionOn {
  action: string;
  /** As statements name it; what is none of the stage's is called as the caller does. */
  resource: string;
}

/** What a command of an SDK client needs to be allowed, as AWS documents it. */
export function actionsOf(commandName: string, input: object): ActionOn[] {
  const operation = commandName.replace(/Command$/, '');
  const asks = ASKS[operation];
  return asks === undefined
    ? [{ action: operation, resource: '*' }]
    : asks(operation, input as Input);
}

/** The parts of inputs that resources are named by. */
interface Input {
  TableName?: string;
  IndexName?: string;
  QueueUrl?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName?: string }>[];
}

type Asks = (operation: string, input: Input) => ActionOn[];

const ofTable: Asks = (operation, { TableName, IndexName }) => {
  const index = IndexName === undefined ? '' : `/index/${IndexName}`;
  return [{ action: `dynamodb:${operation}`, resource: tableNamed(TableName) + index }];
};

/** Needs what the single operation needs, on each table. */
const ofBatch: Asks = (operation, { RequestItems = {} }) =>
  Object.keys(RequestItems).map((name) => ({
    action: `dynamodb:${operation}`,
    resource: tableNamed(name),
  }));

/** A transaction has no permission of its own: it needs those of what is in it. */
const ofTransaction: Asks = (_, { TransactItems = [] }) =>
  TransactItems.flatMap((item) =>
    Object.entries(item).map(([kind, { TableName }]) => ({
      action: `dynamodb:${kind}Item`,
      resource: tableNamed(TableName),
    })),
  );

const ofQueue: Asks = (_, { QueueUrl }) => [
  { action: 'sqs:SendMessage', resource: queueAt(QueueUrl) },
];

const ASKS: Readonly<Record<string, Asks>> = {
  GetItem: ofTable,
  PutItem: ofTable,
  UpdateItem: ofTable,
  DeleteItem: ofTable,
  Query: ofTable,
  Scan: ofTable,
  BatchGetItem: ofBatch,
  BatchWriteItem: ofBatch,
  TransactWriteItems: ofTransaction,
  TransactGetItems: ofTransaction,
  SendMessage: ofQueue,
  SendMessageBatch: ofQueue,
};

function tableNamed(name: string | undefined): string {
  if (name === process.env.LEDGER_TABLE) return 'table/ledger';
  return name === process.env.ACCESS_TABLE ? 'table/access' : `table/${name}`;
}

function queueAt(url: string | undefined): string {
  const name = QUEUES.find((queue) => process.env[queueVariable(queue)] === url);
  return name === undefined ? `queue at ${url}` : `queue/${name}`;
}
