import { App, CfnResource, CloudFormationValidatePlugin, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import sendMotoLinks from '#functions/jobs/send-moto-links.ts';
import { functionsOf, operationsByFace } from '#infra/aws/catalog.ts';
import { DataStack } from '#infra/aws/data-stack.ts';
import { QUEUES } from '#infra/resources.ts';
import { statementsOf } from './lambdas.ts';
import { appOf, ofType, resourcesOf, stageOf } from './synthesise.ts';

const stages = {
  dev: stageOf(catalog, { stage: 'dev' }),
  prod: stageOf(catalog, { stage: 'prod' }),
};
const { resources } = stages.dev;
const production = stages.prod.resources;

/** A function of each kind and face, for what does not depend on how many there are. */
const few = [
  ...catalog.filter(({ declaration }) => declaration.kind !== 'operation'),
  ...operationsByFace(catalog).flatMap(([, operations]) => operations.slice(0, 1)),
];

describe('data', () => {
  const ledger = ofType(resources, 'AWS::DynamoDB::Table').find(
    ({ Properties }) => Properties.TableName === 'pasarela-dev-ledger',
  );

  test('the ledger has its indexes and forgets what has expired', () => {
    const key = (partition: string, sort: string) => [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ];
    expect(ledger?.Properties).toMatchObject({
      KeySchema: key('pk', 'sk'),
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: key('dueKey', 'dueAt'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'lists',
          KeySchema: key('listKey', 'listSort'),
          Projection: { ProjectionType: 'ALL' },
        },
        {
          IndexName: 'states',
          KeySchema: key('stateKey', 'stateSort'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'journal',
          KeySchema: key('journalKey', 'journalSort'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
  });

  test('both tables can be restored and are encrypted with a key that rotates', () => {
    const tables = ofType(resources, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(2);
    for (const { Properties } of tables) {
      expect(Properties).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: expect.anything() },
      });
    }
    for (const { Properties } of ofType(resources, 'AWS::KMS::Key')) {
      expect(Properties.EnableKeyRotation).toBe(true);
    }
  });

  test('prod keeps tables, their keys and logs, and other stages do not', () => {
    const kept = (all: typeof resources, type: string) =>
      ofType(all, type)
        .filter(({ stack }) => !stack.endsWith('-messaging'))
        .map((one) => one.DeletionPolicy);
    for (const type of ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::Logs::LogGroup']) {
      expect(new Set(kept(production, type))).toEqual(new Set(['Retain']));
      expect(new Set(kept(resources, type))).toEqual(new Set(['Delete']));
    }
    for (const [all, expected] of [
      [production, true],
      [resources, false],
    ] as const) {
      for (const { Properties } of ofType(all, 'AWS::DynamoDB::Table')) {
        expect(Properties.DeletionProtectionEnabled).toBe(expected);
      }
    }
  });

  test('prod cannot be terminated with its data, and its keys can be taken back for a month', () => {
    for (const [stage, isKept, days] of [
      ['prod', true, 30],
      ['dev', false, 7],
    ] as const) {
      const { app, resources: all } = stages[stage];
      const [data] = app.node.findAll().filter((one) => one instanceof DataStack);
      expect(data?.terminationProtection === true).toBe(isKept);
      const keys = ofType(all, 'AWS::KMS::Key').filter((one) => one.stack.endsWith('-data'));
      const windows = keys.map(({ Properties }) => Properties.PendingWindowInDays);
      expect(windows).toEqual([days, days]);
    }
  });

  test('logs are kept for a time that the stage says', () => {
    const days = (all: typeof resources) =>
      new Set(ofType(all, 'AWS::Logs::LogGroup').map((one) => one.Properties.RetentionInDays));
    expect(days(resources)).toEqual(new Set([14]));
    expect(days(production)).toEqual(new Set([365]));
    const used = ofType(resources, 'AWS::Lambda::Function').map(
      ({ stack, Properties }) => `${stack} ${Properties.LoggingConfig.LogGroup.Ref}`,
    );
    const apis = ofType(resources, 'AWS::ApiGatewayV2::Api').length;
    expect(ofType(resources, 'AWS::Logs::LogGroup')).toHaveLength(new Set(used).size + apis);
  });
});

describe('queues, jobs and schedules', () => {
  const queueOf = (name: string) =>
    ofType(resources, 'AWS::SQS::Queue').find(
      ({ Properties }) => Properties.QueueName === `pasarela-dev-${name}`,
    )?.Properties;

  test('a job’s queue gives it time, and keeps what failed', () => {
    for (const { declaration } of functionsOf(catalog, 'job')) {
      const queue = queueOf(declaration.queue);
      expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * declaration.timeoutSeconds);
      expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
      expect(queueOf(`${declaration.queue}-dead`).MessageRetentionPeriod).toBe(14 * 24 * 3600);
    }
  });

  test('all queues are encrypted and refuse what is not', () => {
    const queues = ofType(resources, 'AWS::SQS::Queue');
    expect(queues.every(({ Properties }) => Properties.SqsManagedSseEnabled)).toBe(true);
    const policies = ofType(resources, 'AWS::SQS::QueuePolicy');
    expect(policies).toHaveLength(queues.length);
    for (const { Properties } of policies) {
      expect(Properties.PolicyDocument.Statement).toMatchObject([
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    }
  });

  test('a job answers message by message', () => {
    const sources = ofType(resources, 'AWS::Lambda::EventSourceMapping');
    const jobs = functionsOf(catalog, 'job').map(({ declaration }) => declaration);
    expect(sources.map((one) => one.Properties)).toMatchObject(
      jobs.map(({ batchSize, maxConcurrency = 10 }) => ({
        BatchSize: batchSize,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: maxConcurrency },
      })),
    );
  });

  test('two instances share the rate at which links of campaigns are sent', () => {
    expect(sendMotoLinks.declaration.maxConcurrency).toBe(2);
  });

  test('every schedule runs by its declaration, and tells when it cannot', () => {
    const schedules = functionsOf(catalog, 'schedule').map(({ declaration }) => declaration);
    const found = ofType(resources, 'AWS::Scheduler::Schedule').map((one) => one.Properties);
    expect(found).toMatchObject(
      schedules.map(({ name, everyMinutes }) => ({
        Name: `pasarela-dev-${name}`,
        ScheduleExpression: `rate(${everyMinutes} minute${everyMinutes === 1 ? '' : 's'})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          DeadLetterConfig: expect.anything(),
          RoleArn: expect.anything(),
          RetryPolicy: { MaximumEventAgeInSeconds: everyMinutes * 60 },
        },
      })),
    );
  });

  test('a run that failed is not made again: the next one does what it left behind', () => {
    const schedules = functionsOf(catalog, 'schedule').map(({ declaration }) => declaration);
    const invoked = ofType(resources, 'AWS::Lambda::EventInvokeConfig').map(
      (one) => one.Properties,
    );
    expect(invoked).toMatchObject(
      schedules.map(({ everyMinutes }) => ({
        MaximumRetryAttempts: 0,
        MaximumEventAgeInSeconds: everyMinutes * 60,
      })),
    );
  });

  test('a schedule runs its function, says when it cannot, and does nothing else', () => {
    const roles = ofType(resources, 'AWS::IAM::Role').filter(({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes('scheduler.amazonaws.com'),
    );
    expect(roles).toHaveLength(functionsOf(catalog, 'schedule').length);
    for (const role of roles) {
      const [run, tell, ...more] = statementsOf(role);
      expect(run).toMatchObject({ actions: ['lambda:InvokeFunction'] });
      expect(run?.resources).toMatch(/^\{"Fn::GetAtt":\["schedules\w+Function\w+","Arn"\]\}$/);
      expect(tell).toMatchObject({ actions: ['sqs:SendMessage'] });
      expect(tell?.resources).toMatch(/^\{"Fn::GetAtt":\["schedulesdead\w+","Arn"\]\}$/);
      expect(more).toEqual([]);
    }
  });

  test('no schedule and no API of another account can use the roles of these', () => {
    const trusts = ofType(resources, 'AWS::IAM::Role')
      .flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement)
      .filter(({ Principal }) => Principal.Service !== 'lambda.amazonaws.com');
    expect(new Set(trusts.map(({ Principal }) => Principal.Service))).toEqual(
      new Set(['scheduler.amazonaws.com', 'apigateway.amazonaws.com']),
    );
    for (const { Condition } of trusts) {
      expect(Condition.StringEquals).toHaveProperty('aws:SourceAccount');
    }
  });
});

describe('alarms', () => {
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map((one) => one.Properties);
  const of = (metric: string) => alarms.filter(({ MetricName }) => MetricName === metric);

  test('one for the errors of every function', () => {
    expect(of('Errors')).toHaveLength(ofType(resources, 'AWS::Lambda::Function').length);
  });

  test('for dead letters, a queue that waits, throttling and failed answers', () => {
    const dead = ofType(resources, 'AWS::SQS::Queue').filter(({ Properties }) =>
      Properties.QueueName.endsWith('-dead'),
    );
    expect(of('ApproximateNumberOfMessagesVisible')).toHaveLength(dead.length);
    expect(of('ApproximateAgeOfOldestMessage')).toHaveLength(QUEUES.length);
    expect(of('Throttles')).toHaveLength(1);
    expect(of('5xx')).toHaveLength(operationsByFace(catalog).length);
    expect(of('Latency')).toHaveLength(operationsByFace(catalog).length);
  });

  test('for what runs in the background and takes almost all of its time', () => {
    const background = catalog.filter(({ declaration }) => declaration.kind !== 'operation');
    expect(
      of('Duration')
        .map(({ Threshold }) => Threshold)
        .toSorted(),
    ).toEqual(background.map(({ declaration }) => declaration.timeoutSeconds * 800).toSorted());
  });

  test('are told of when a value is reached, and of nothing that is not measured', () => {
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
      });
    }
    const thresholds = {
      Errors: 'Sum ≥ 1',
      '5xx': 'Sum ≥ 1',
      Throttles: 'Sum ≥ 1',
      ApproximateNumberOfMessagesVisible: 'Maximum ≥ 1',
      ApproximateAgeOfOldestMessage: 'Maximum ≥ 900',
    };
    for (const [metric, threshold] of Object.entries(thresholds)) {
      const found = of(metric).map(({ Statistic, Threshold }) => `${Statistic} ≥ ${Threshold}`);
      expect(new Set(found), metric).toEqual(new Set([threshold]));
    }
    const latency = of('Latency').map(
      ({ ExtendedStatistic, Threshold }) => `${ExtendedStatistic} ≥ ${Threshold}`,
    );
    expect(new Set(latency)).toEqual(new Set(['p95 ≥ 5000']));
    expect(new Set(of('Duration').map(({ Statistic }) => Statistic))).toEqual(new Set(['Maximum']));
  });

  test('a topic of somebody else is told instead of one of our own', () => {
    const theirs = new Stack(new App(), 'Theirs');
    const alarmTopic = Topic.fromTopicArn(theirs, 'Theirs', 'arn:aws:sns:eu-west-1:1:theirs');
    const told = resourcesOf(few, { alarmTopic });
    expect(ofType(told, 'AWS::SNS::Topic')).toEqual([]);
    for (const { Properties } of ofType(told, 'AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions).toEqual(['arn:aws:sns:eu-west-1:1:theirs']);
    }
  });

  test('all of them tell the topic, which is encrypted and lets them', () => {
    expect(alarms.filter(({ AlarmActions }) => AlarmActions?.length !== 1)).toEqual([]);
    const [topic] = ofType(resources, 'AWS::SNS::Topic');
    expect(topic?.Properties.KmsMasterKeyId).toBeDefined();
    const [policy] = ofType(resources, 'AWS::SNS::TopicPolicy');
    expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': expect.anything() } },
      }),
    );
    const keys = ofType(resources, 'AWS::KMS::Key').filter((one) => one.stack === topic?.stack);
    expect(keys.flatMap(({ Properties }) => Properties.KeyPolicy.Statement)).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Principal: { Service: 'cloudwatch.amazonaws.com' },
      }),
    );
    const addressed = resourcesOf(few, { alarmEmail: 'ops@shop.example' });
    expect(ofType(addressed, 'AWS::SNS::Subscription').map((one) => one.Properties)).toEqual([
      expect.objectContaining({ Protocol: 'email', Endpoint: 'ops@shop.example' }),
    ]);
    expect(ofType(resources, 'AWS::SNS::Subscription')).toEqual([]);
  });
});

describe('the rules of AWS Solutions', () => {
  test.each(['dev', 'prod'] as const)('are kept in %s', (stage) => {
    const { app } = stages[stage];
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations).toEqual([]);
  });

  test('are looked at', () => {
    const app = appOf(few, {});
    new Queue(new Stack(app, 'Careless'), 'Queue');
    const { success } = new AwsSolutionsChecks(app).validateScope(app);
    expect(success).toBe(false);
  });
});

describe('the rules of CloudFormation', () => {
  const rules = new CloudFormationValidatePlugin();
  const broken = (app: App) => {
    const stackTemplates = app.synth().stacks.map(({ id, templateFullPath }) => ({
      stackConstructPath: id,
      templatePath: templateFullPath,
      accountId: undefined,
      region: undefined,
    }));
    const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
    const context = { appConstruct: app, stackTemplates, templatePaths };
    return rules.validate(context).violations;
  };

  test('are kept', () => {
    expect(broken(appOf(few, {}))).toEqual([]);
  });

  test('are looked at', () => {
    const app = appOf(few, {});
    const properties = { BillingMode: 'NEVER' };
    const type = 'AWS::DynamoDB::Table';
    new CfnResource(new Stack(app, 'Careless'), 'Table', { type, properties });
    expect(broken(app)).not.toEqual([]);
  });
});

describe('what an API', () => {
  test.each([
    { stage: 'dev' as const, rate: 50, burst: 100 },
    { stage: 'prod' as const, rate: 500, burst: 1000 },
  ])('lets through in $stage is limited', ({ stage, rate, burst }) => {
    const served = ofType(stages[stage].resources, 'AWS::ApiGatewayV2::Stage');
    expect(served).toHaveLength(operationsByFace(catalog).length);
    for (const { Properties } of served) {
      expect(Properties.DefaultRouteSettings).toMatchObject({
        ThrottlingRateLimit: rate,
        ThrottlingBurstLimit: burst,
      });
    }
  });

  test('writes down names no path, in which tokens are, and no header', () => {
    for (const { Properties } of ofType(resources, 'AWS::ApiGatewayV2::Stage')) {
      const format: string = Properties.AccessLogSettings.Format;
      expect(format).toContain('$context.routeKey');
      expect(format).not.toMatch(/\$context\.(path|protocol|identity\.(?!sourceIp)|authorizer)/);
    }
  });
});

describe('domains', () => {
  const domains = {
    paylands: { name: 'pay.example.com', certificateArn: 'arn:aws:acm:eu-west-1:1:certificate/7' },
  };

  test('lead to the API of their face', () => {
    const served = resourcesOf(few, { domains });
    const [domain, ...others] = ofType(served, 'AWS::ApiGatewayV2::DomainName');
    expect(others).toEqual([]);
    expect(domain?.Properties.DomainName).toBe('pay.example.com');
    const [mapping] = ofType(served, 'AWS::ApiGatewayV2::ApiMapping');
    expect(mapping?.Properties).toMatchObject({
      ApiId: expect.anything(),
      Stage: expect.anything(),
    });
  });

  test('are none unless the stage names them', () => {
    expect(ofType(resources, 'AWS::ApiGatewayV2::DomainName')).toEqual([]);
  });
});
