import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** A log group that ends with its stack, or is kept in a stage that keeps its data. */
export function logGroup(scope: Construct, logGroupName: string, stage: Stage): LogGroup {
  return new LogGroup(scope, 'Log', {
    logGroupName,
    retention: stage.logDays,
    removalPolicy: removalPolicy(stage),
  });
}

/** What becomes of data, keys and logs when their stack is deleted. */
export function removalPolicy(stage: Stage): RemovalPolicy {
  return stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
