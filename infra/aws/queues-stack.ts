import { type App, Duration, Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { MAX_RECEIVE_COUNT, QUEUES } from '#infra/resources.ts';
import type { JobDeclaration } from '#operation/declare/declaration.ts';
import { alarm } from './alarms.ts';
import { nameIn } from './names.ts';
import type { SharedResources } from './shared-resources.ts';
import type { Stage } from './stage.ts';

/** A message that waits so long tells of a consumer that does not keep up. */
const OLDEST_SECONDS = 900;

/** Lambda may be throttled, and retries: AWS advises so many times the consumer's timeout. */
const VISIBILITY_TIMEOUTS = 6;

/** The queues, each with a dead-letter queue. */
export class QueuesStack extends Stack {
  readonly queues: SharedResources['queues'];

  constructor(app: App, jobs: readonly JobDeclaration[], stage: Stage, topic: ITopic) {
    super(app, nameIn(stage.name, 'queues'));
    const queues = QUEUES.map((name) => [name, this.#queue(name, jobs, stage, topic)]);
    this.queues = Object.fromEntries(queues);
  }

  #queue(name: string, jobs: readonly JobDeclaration[], stage: Stage, topic: ITopic): Queue {
    const consumer = jobs.find((job) => job.queue === name);
    if (consumer === undefined) throw new Error(`Nothing consumes the queue ${name}`);
    const dead = deadLetterQueue(this, `${name}-dead`, stage, topic);
    const queue = new Queue(this, name, {
      queueName: nameIn(stage.name, name),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUTS * consumer.timeoutSeconds),
      deadLetterQueue: { queue: dead, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    const oldest = queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' });
    alarm(this, `${name}-age`, oldest, OLDEST_SECONDS, topic);
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
