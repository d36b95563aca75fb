import { type App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { alarmOnAny } from './alarms.ts';
import { nameIn } from './names.ts';
import type { Stage } from './stage.ts';

/** Where alarms are told, and the one alarm that belongs to no function. */
export class AlarmsStack extends Stack {
  readonly topic: Topic;

  constructor(app: App, stage: Stage) {
    super(app, nameIn(stage.name, 'alarms'));
    this.topic = new Topic(this, 'Topic', {
      topicName: nameIn(stage.name, 'alarms'),
      masterKey: this.#key(stage),
      enforceSSL: true,
    });
    this.#letAlarmsPublish();
    if (stage.alarmEmail !== null) {
      this.topic.addSubscription(new EmailSubscription(stage.alarmEmail));
    }
    // Without dimensions this counts all functions of the account and region, which share one
    // limit of concurrency: who reaches it throttles the others.
    const throttles = new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles' });
    alarmOnAny(this, 'Throttles', throttles, this.topic);
  }

  /** A topic with a policy of its own, here for TLS, has lost the one that lets alarms publish. */
  #letAlarmsPublish(): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
  }

  /** CloudWatch cannot publish to a topic that is encrypted with the key AWS manages. */
  #key(stage: Stage): Key {
    const key = new Key(this, 'Key', {
      alias: `alias/${nameIn(stage.name, 'alarms')}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    return key;
  }
}
