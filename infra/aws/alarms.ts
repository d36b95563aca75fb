import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** An alarm on the first occurrence within five minutes of something that should never happen. */
export function alarmOnAny(scope: Construct, id: string, metric: Metric, topic: ITopic): void {
  alarm(scope, id, metric.with({ statistic: 'Sum', period: Duration.minutes(5) }), 1, topic);
}

/** An alarm on a value that reaches a threshold; no data is no alarm. */
export function alarm(
  scope: Construct,
  id: string,
  metric: Metric,
  threshold: number,
  topic: ITopic,
): void {
  new Alarm(scope, id, {
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(new SnsAction(topic));
}
