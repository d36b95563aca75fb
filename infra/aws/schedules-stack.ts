import { type App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ScheduleDeclaration } from '#operation/declare/declaration.ts';
import { DeclaredFunction } from './declared-function.ts';
import { nameIn } from './names.ts';
import { allow } from './permissions.ts';
import { deadLetterQueue } from './queues-stack.ts';
import type { SharedResources } from './shared-resources.ts';

/** What EventBridge Scheduler runs every so many minutes. */
export class SchedulesStack extends Stack {
  constructor(app: App, schedules: readonly ScheduleDeclaration[], resources: SharedResources) {
    const { stage, alarms } = resources;
    super(app, nameIn(stage.name, 'schedules'));
    const dead = deadLetterQueue(this, 'schedules-dead', stage, alarms);
    Validations.of(dead).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is a dead-letter queue: that of the schedules, which are no queue.',
    });
    for (const schedule of schedules) this.#run(schedule, resources, dead);
  }

  #run(schedule: ScheduleDeclaration, resources: SharedResources, dead: Queue): void {
    const target = new DeclaredFunction(this, schedule, resources);
    const { everyMinutes } = schedule;
    // The next run does what this one left behind, so a run that failed or is late is dropped.
    const maxEventAge = Duration.minutes(everyMinutes);
    target.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge });
    new CfnSchedule(target, 'Schedule', {
      name: nameIn(resources.stage.name, schedule.name),
      description: schedule.summary,
      scheduleExpression: `rate(${everyMinutes} ${everyMinutes === 1 ? 'minute' : 'minutes'})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.lambda.functionArn,
        roleArn: this.#role(target, dead).roleArn,
        input: JSON.stringify({ time: '<aws.scheduler.scheduled-time>' }),
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: everyMinutes * 60 },
        deadLetterConfig: { arn: dead.queueArn },
      },
    });
  }

  /** Trusted for this account only, so that nobody else's schedule can use it. */
  #role(target: DeclaredFunction, dead: Queue): Role {
    return new Role(target, 'ScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
      inlinePolicies: {
        run: new PolicyDocument({
          statements: [
            allow(['lambda:InvokeFunction'], [target.lambda.functionArn]),
            allow(['sqs:SendMessage'], [dead.queueArn]),
          ],
        }),
      },
    });
  }
}
