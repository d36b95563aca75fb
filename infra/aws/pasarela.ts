import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { builtFunctions } from './function-set.ts';
import type { PasarelaProps } from './props.ts';
import { addStacks } from './stacks.ts';

export type { DomainProps, PasarelaProps } from './props.ts';

/**
 * A stage of Pasarela in an app of one's own: its stacks, with the functions that were bundled.
 * @throws when a setting is not valid, or a name or an API would be larger than AWS allows
 */
export class Pasarela extends Construct {
  readonly tables: Readonly<Record<'ledger' | 'access', ITable>>;
  readonly queues: Readonly<Record<string, IQueue>>;
  readonly apis: Readonly<Record<'paylands' | 'highlevel', IHttpApi>>;
  /** Where alarms are told. */
  readonly alarmTopic: ITopic;

  constructor(scope: Construct, id: string, props: PasarelaProps = {}) {
    super(scope, id);
    const { tables, queues, apis, alarms } = addStacks(this, props, builtFunctions());
    this.tables = tables;
    this.queues = queues;
    this.apis = apis;
    this.alarmTopic = alarms;
  }
}
