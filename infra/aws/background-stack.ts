import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { JobDeclaration, ScheduleDeclaration } from '#operation/declare/declaration.ts';
import { alarm } from './alarms.ts';
import { type CatalogFunction, functionsOf } from './catalog.ts';
import { DeclaredFunction, deployableOf } from './declared-function.ts';
import { logGroup } from './log-group.ts';
import { deadLetterQueue } from './messaging-stack.ts';
import { nameIn } from './names.ts';
import { allow } from './permissions.ts';
import type { SharedResources } from './shared-resources.ts';

/** Enough to keep up, and few enough for those whose servers are called. */
const MAX_CONCURRENCY = 10;

/** A run that takes so much of its time will soon not come to its end. */
const LONG_RUN = 0.8;

/** What no client waits for: the consumers of the queues, and what runs every so many minutes. */
export class BackgroundStack extends Stack {
  readonly #resources: SharedResources;
  readonly #log: LogGroup;
  readonly #dead: Queue;

  constructor(scope: Construct, catalog: readonly CatalogFunction[], resources: SharedResources) {
    const { stage, alarms } = resources;
    const name = nameIn(stage.name, 'background');
    super(scope, 'background', { stackName: name });
    this.#resources = resources;
    this.#log = logGroup(this, `/aws/lambda/${name}`, stage);
    this.#dead = deadLetterQueue(this, 'schedules-dead', stage, alarms);
    Validations.of(this.#dead).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is a dead-letter queue: that of the schedules, which are no queue.',
    });
    for (const job of functionsOf(catalog, 'job')) this.#consume(job);
    for (const schedule of functionsOf(catalog, 'schedule')) this.#run(schedule);
  }

  #consume(job: CatalogFunction<JobDeclaration>): void {
    const { declaration } = job;
    const { queueArn } = this.#resources.queues[declaration.queue];
    const consumer = this.#function(job);
    new CfnEventSourceMapping(consumer, 'Source', {
      eventSourceArn: queueArn,
      functionName: consumer.lambda.functionName,
      batchSize: declaration.batchSize,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: declaration.maxConcurrency ?? MAX_CONCURRENCY },
    });
  }

  #run(schedule: CatalogFunction<ScheduleDeclaration>): void {
    const target = this.#function(schedule);
    const { everyMinutes, name, summary } = schedule.declaration;
    // The next run does what this one left behind, so a run that failed or is late is dropped.
    const maxEventAge = Duration.minutes(everyMinutes);
    target.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge });
    new CfnSchedule(target, 'Schedule', {
      name: nameIn(this.#resources.stage.name, name),
      description: summary,
      scheduleExpression: `rate(${everyMinutes} ${everyMinutes === 1 ? 'minute' : 'minutes'})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.lambda.functionArn,
        roleArn: this.#scheduleRole(target).roleArn,
        input: JSON.stringify({ time: '<aws.scheduler.scheduled-time>' }),
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: everyMinutes * 60 },
        deadLetterConfig: { arn: this.#dead.queueArn },
      },
    });
  }

  #function(one: CatalogFunction): DeclaredFunction {
    const deployable = deployableOf(one);
    const made = new DeclaredFunction(this, deployable, this.#log, this.#resources);
    const longest = made.lambda.metricDuration({ statistic: 'Maximum' });
    const limit = LONG_RUN * deployable.timeoutSeconds * 1000;
    alarm(made, 'Long', longest, limit, this.#resources.alarms);
    return made;
  }

  /** Trusted for this account only, so that nobody else's schedule can use it. */
  #scheduleRole(target: DeclaredFunction): Role {
    return new Role(target, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
      inlinePolicies: {
        run: new PolicyDocument({
          statements: [
            allow(['lambda:InvokeFunction'], [target.lambda.functionArn]),
            allow(['sqs:SendMessage'], [this.#dead.queueArn]),
          ],
        }),
      },
    });
  }
}
