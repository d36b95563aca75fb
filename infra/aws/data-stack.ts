import { Duration, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { PRIMARY_KEY, TABLES, type TableDefinition } from '#infra/resources.ts';
import { removalPolicy } from './log-group.ts';
import { nameIn, tableName, wrappingKeyAlias } from './names.ts';
import type { SharedResources } from './shared-resources.ts';
import type { Stage } from './stage.ts';

/** What must survive everything else: the tables and the keys that make them readable. */
export class DataStack extends Stack {
  readonly tables: SharedResources['tables'];
  readonly tableKey: Key;
  readonly wrappingKey: Key;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'data', {
      stackName: nameIn(stage.name, 'data'),
      terminationProtection: stage.keepsData,
    });
    this.tableKey = this.#key('TableKey', `alias/${nameIn(stage.name, 'tables')}`, stage);
    // Apart from the tables' key, so that a role that reads the table cannot unwrap the data key.
    this.wrappingKey = this.#key('WrappingKey', wrappingKeyAlias(stage.name), stage);
    const tables = TABLES.map((definition) => [definition.name, this.#table(definition, stage)]);
    this.tables = Object.fromEntries(tables);
  }

  #key(id: string, alias: string, stage: Stage): Key {
    return new Key(this, id, {
      alias,
      enableKeyRotation: true,
      pendingWindow: Duration.days(stage.keepsData ? 30 : 7),
      removalPolicy: removalPolicy(stage),
    });
  }

  #table(definition: TableDefinition, stage: Stage): Table {
    const table = new Table(this, definition.name, {
      tableName: tableName(stage.name, definition.name),
      ...keysOf(PRIMARY_KEY),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.tableKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.keepsData,
      removalPolicy: removalPolicy(stage),
      ...(definition.expiry === null ? {} : { timeToLiveAttribute: definition.expiry }),
    });
    for (const index of definition.indexes) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        ...keysOf(index),
        projectionType: ProjectionType[index.projection],
      });
    }
    return table;
  }
}

function keysOf(key: { partition: string; sort: string }) {
  return {
    partitionKey: { name: key.partition, type: AttributeType.STRING },
    sortKey: { name: key.sort, type: AttributeType.STRING },
  };
}
