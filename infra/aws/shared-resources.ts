import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { TableDefinition } from '#infra/resources.ts';
import type { QueueName } from '#operation/declare/declaration.ts';
import type { Stage } from './stage.ts';

/** What the functions of a stage share. */
export interface SharedResources {
  stage: Stage;
  tables: Readonly<Record<TableDefinition['name'], ITable>>;
  /** Encrypts the tables. */
  tableKey: IKey;
  /** Wraps the data key of the vault. */
  wrappingKey: IKey;
  queues: Readonly<Record<QueueName, IQueue>>;
  /** Where alarms are told. */
  alarms: ITopic;
  /** The folder with the bundle of a function, by its path in the catalog. */
  bundleOf(path: string): string;
}
