import {
  Dashboard,
  GraphWidget,
  type IWidget,
  MathExpression,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ApiStack } from './api-stack.ts';
import { nameIn } from './names.ts';
import type { SharedResources } from './shared-resources.ts';

/** Widgets of CloudWatch are on a grid of 24 columns. */
const HALF_WIDTH = 12;

/** What a person looks at first: what clients see, what functions do, what waits, what is refused. */
export function addDashboard(scope: ApiStack, resources: SharedResources): void {
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: nameIn(resources.stage.name, 'payments'),
  });
  for (const row of [
    apiWidgets(scope),
    functionWidgets(resources.stage.name),
    queueWidgets(resources),
    tableWidgets(resources),
  ]) {
    dashboard.addWidgets(...row);
  }
}

function apiWidgets({ apis }: ApiStack): IWidget[] {
  const faces = Object.entries(apis);
  return [
    graph(
      'Requests and failed answers',
      faces.flatMap(([face, api]) => [
        api.metric('Count', { statistic: 'Sum', label: face }),
        api.metric('5xx', { statistic: 'Sum', label: `${face} 5xx` }),
        api.metric('4xx', { statistic: 'Sum', label: `${face} 4xx` }),
      ]),
    ),
    graph(
      'Latency, median and 95 of 100',
      faces.flatMap(([face, api]) =>
        ['p50', 'p95'].map((statistic) =>
          api.metric('Latency', { statistic, label: `${face} ${statistic}` }),
        ),
      ),
    ),
  ];
}

function functionWidgets(stage: string): IWidget[] {
  return [
    graph('Errors by function', [functionSearch(stage, 'Errors', 'Sum')]),
    graph('Duration by function, 95 of 100', [functionSearch(stage, 'Duration', 'p95')]),
  ];
}

function functionSearch(stage: string, metric: string, statistic: string): MathExpression {
  const functions = `{AWS/Lambda,FunctionName} MetricName="${metric}" FunctionName="${nameIn(stage, '')}"`;
  return new MathExpression({
    expression: `SEARCH('${functions}', '${statistic}')`,
    label: '',
    usingMetrics: {},
  });
}

function queueWidgets({ queues }: SharedResources): IWidget[] {
  const all = Object.entries(queues);
  return [
    graph(
      'Messages that wait',
      all.map(([label, queue]) => queue.metricApproximateNumberOfMessagesVisible({ label })),
    ),
    graph(
      'Age of the oldest message, in seconds',
      all.map(([label, queue]) => queue.metricApproximateAgeOfOldestMessage({ label })),
    ),
  ];
}

function tableWidgets({ tables }: SharedResources): IWidget[] {
  const { ledger } = tables;
  const units = (metricName: string) =>
    ledger.metric(metricName, { statistic: 'Sum', label: metricName });
  const refused = ['ReadThrottleEvents', 'WriteThrottleEvents', 'TransactionConflict'];
  return [
    graph('Units of the ledger', [
      units('ConsumedReadCapacityUnits'),
      units('ConsumedWriteCapacityUnits'),
    ]),
    graph('Throttled and conflicting requests to the ledger', refused.map(units)),
  ];
}

function graph(title: string, left: (Metric | MathExpression)[]): GraphWidget {
  return new GraphWidget({ title, left, width: HALF_WIDTH });
}
