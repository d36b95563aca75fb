import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { MAX_RECEIVE_COUNT, QUEUES } from '#infra/resources.ts';
import type { JobDeclaration } from '#operation/declare/declaration.ts';
import { alarm, alarmOnAny } from './alarms.ts';
import { nameIn } from './names.ts';
import type { SharedResources } from './shared-resources.ts';
import type { Stage } from './stage.ts';

/** A message that waits so long tells of a consumer that does not keep up. */
const OLDEST_SECONDS = 900;

/** Lambda may be throttled, and retries: AWS advises so many times the consumer's timeout. */
const VISIBILITY_TIMEOUTS = 6;

/** The queues, each with a dead-letter queue, and the topic that all alarms are told to. */
export class MessagingStack extends Stack {
  readonly queues: SharedResources['queues'];
  readonly alarms: ITopic;

  /** @param alarms the topic of somebody else's to tell instead of one of our own */
  constructor(
    scope: Construct,
    jobs: readonly JobDeclaration[],
    stage: Stage,
    alarms: ITopic | null,
  ) {
    super(scope, 'messaging', { stackName: nameIn(stage.name, 'messaging') });
    this.alarms = alarms ?? alarmTopic(this, stage);
    // Without dimensions this counts all functions of the account and region, which share one
    // limit of concurrency: who reaches it throttles the others.
    const throttles = new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles' });
    alarmOnAny(this, 'Throttles', throttles, this.alarms);
    const queues = QUEUES.map((name) => [name, this.#queue(name, jobs, stage)]);
    this.queues = Object.fromEntries(queues);
  }

  #queue(name: string, jobs: readonly JobDeclaration[], stage: Stage): Queue {
    const consumer = jobs.find((job) => job.queue === name);
    if (consumer === undefined) throw new Error(`Nothing consumes the queue ${name}`);
    const dead = deadLetterQueue(this, `${name}-dead`, stage, this.alarms);
    const queue = new Queue(this, name, {
      queueName: nameIn(stage.name, name),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUTS * consumer.timeoutSeconds),
      deadLetterQueue: { queue: dead, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    const oldest = queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' });
    alarm(this, `${name}-age`, oldest, OLDEST_SECONDS, this.alarms);
    return queue;
  }
}

/** A queue for what failed for good, with an alarm on the first message. */
export function deadLetterQueue(scope: Stack, name: string, stage: Stage, topic: ITopic): Queue {
  const queue = new Queue(scope, name, {
    queueName: nameIn(stage.name, name),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const depth = queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' });
  alarm(scope, `${name}-depth`, depth, 1, topic);
  return queue;
}

function alarmTopic(scope: Stack, stage: Stage): Topic {
  const topic = new Topic(scope, 'Topic', {
    topicName: nameIn(stage.name, 'alarms'),
    masterKey: alarmKey(scope, stage),
    enforceSSL: true,
  });
  // A topic with a policy of its own, here for TLS, has lost the one that lets alarms publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': scope.account } },
    }),
  );
  if (stage.alarmEmail !== null) topic.addSubscription(new EmailSubscription(stage.alarmEmail));
  return topic;
}

/** CloudWatch cannot publish to a topic that is encrypted with the key AWS manages. */
function alarmKey(scope: Stack, stage: Stage): Key {
  const key = new Key(scope, 'Key', {
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
