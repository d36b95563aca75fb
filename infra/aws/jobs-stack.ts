import { type App, Stack } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { JobDeclaration } from '#operation/declare/declaration.ts';
import { DeclaredFunction } from './declared-function.ts';
import { nameIn } from './names.ts';
import type { SharedResources } from './shared-resources.ts';

/** Enough to keep up, and few enough for those whose servers are called. */
const MAX_CONCURRENCY = 10;

/** The consumers of the queues. */
export class JobsStack extends Stack {
  constructor(app: App, jobs: readonly JobDeclaration[], resources: SharedResources) {
    super(app, nameIn(resources.stage.name, 'jobs'));
    for (const job of jobs) this.#consume(job, resources);
  }

  #consume(job: JobDeclaration, resources: SharedResources): void {
    const { queueArn } = resources.queues[job.queue];
    const consumer = new DeclaredFunction(this, job, resources);
    new CfnEventSourceMapping(consumer, 'Source', {
      eventSourceArn: queueArn,
      functionName: consumer.lambda.functionName,
      batchSize: job.batchSize,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: MAX_CONCURRENCY },
    });
  }
}
