import { describe, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { functionsOf, operationsByFace, routeKeysOf } from '#infra/aws/catalog.ts';
import { basePathsOf } from '#infra/faces.ts';
import { readSettings } from '#operation/runtime/settings.ts';
import { actionsOf, lambdaOf, roleOf, statementsOf } from './lambdas.ts';
import { ofType, resourcesOf } from './synthesise.ts';

const resources = resourcesOf(catalog);
const operations = functionsOf(catalog, 'operation').map((one) => one.declaration);
/** Each face has a function behind what is no route. */
const fallbacks = operationsByFace(catalog).length;
const declarations = catalog.map(({ declaration }) => declaration);

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];

describe('operations', () => {
  test.each(operations.map((one) => [one.name, one] as const))(
    '%s has its routes under every base of its face',
    (name, operation) => {
      const { routes } = operation;
      const { stack, id } = lambdaOf(resources, name);
      const integrations = ofType(resources, 'AWS::ApiGatewayV2::Integration').filter(
        (one) => one.stack === stack && one.Properties.IntegrationUri['Fn::GetAtt'][0] === id,
      );
      expect(integrations).toHaveLength(1);
      const target = { 'Fn::Join': ['', ['integrations/', { Ref: integrations[0]?.id }]] };
      const keys = ofType(resources, 'AWS::ApiGatewayV2::Route')
        .filter((route) => route.stack === stack)
        .filter((route) => JSON.stringify(route.Properties.Target) === JSON.stringify(target))
        .map((route) => route.Properties.RouteKey);
      const under = (base: string) =>
        routes.map((route) => route.replace(' /', ` ${base}/`).replace(/\/$/, ''));
      expect(keys.toSorted()).toEqual(basePathsOf(operation).flatMap(under).toSorted());
    },
  );

  test('no route is there twice, and what is none goes to the fallback', () => {
    const keys = ofType(resources, 'AWS::ApiGatewayV2::Route').map(
      (one) => one.Properties.RouteKey,
    );
    const routes = keys.filter((key) => key !== '$default');
    expect(new Set(routes).size).toBe(routes.length);
    expect(routes.toSorted()).toEqual(operations.flatMap(routeKeysOf).toSorted());
    expect(keys).toHaveLength(routes.length + fallbacks);
  });

  test('every operation is done before the gateway gives up on it', () => {
    expect(operations.filter(({ timeoutSeconds }) => timeoutSeconds >= 30)).toEqual([]);
  });

  test('a read operation cannot write', () => {
    const reads = operations.filter(({ grants }) => grants.ledger !== 'write');
    expect(reads.length).toBeGreaterThan(0);
    for (const { name } of reads) {
      const actions = actionsOf(resources, name).filter((one) => one.startsWith('dynamodb:'));
      expect(actions.filter((one) => WRITES.some((write) => one.endsWith(write)))).toEqual([]);
    }
  });
});

describe('every function', () => {
  test('is there once, with a role of its own', () => {
    const roles = declarations.map(({ name }) => roleOf(resources, name));
    expect(new Set(roles.map(({ stack, id }) => `${stack}/${id}`)).size).toBe(declarations.length);
    const lambdas = ofType(resources, 'AWS::Lambda::Function');
    expect(lambdas).toHaveLength(declarations.length + fallbacks);
  });

  test.each(declarations.map((one) => [one.name, one] as const))(
    '%s runs as declared',
    (name, { timeoutSeconds }) => {
      expect(lambdaOf(resources, name).Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        MemorySize: 256,
        Timeout: timeoutSeconds,
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      });
    },
  );

  test.each(declarations.map((one) => [one.name, one] as const))(
    '%s finds its settings',
    (name, { grants }) => {
      const { Variables } = lambdaOf(resources, name).Properties.Environment;
      const environment = Object.keys(Variables).map((variable) => [variable, 'text']);
      const settings = readSettings(Object.fromEntries(environment));
      expect(settings.KMS_KEY_ID === undefined).toBe(grants.key !== true);
      const sends = grants.sends ?? [];
      const { NOTIFICATIONS_QUEUE_URL, PUSH_CONFIRMATIONS_QUEUE_URL } = settings;
      expect(NOTIFICATIONS_QUEUE_URL !== undefined).toBe(sends.includes('notifications'));
      expect(PUSH_CONFIRMATIONS_QUEUE_URL !== undefined).toBe(sends.includes('push-confirmations'));
    },
  );

  test.each(declarations.map((one) => [one.name, one] as const))(
    '%s may do what its grants say',
    (name, { kind, grants }) => {
      const actions = actionsOf(resources, name);
      const writes = WRITES.map((write) => `dynamodb:${write}`);
      const expected = {
        write: grants.ledger === 'write',
        send: grants.sends !== undefined,
        receive: kind === 'job',
      };
      expect({
        write: writes.some((write) => actions.includes(write)),
        send: actions.includes('sqs:SendMessage'),
        receive: actions.includes('sqs:ReceiveMessage'),
      }).toEqual(expected);
    },
  );

  test.each(declarations.map((one) => [one.name, one] as const))(
    '%s writes to no table but the ledger',
    (name) => {
      const tables = statementsOf(roleOf(resources, name))
        .filter((one) => one.actions.some((action) => action.startsWith('dynamodb:')))
        .filter((one) => WRITES.some((write) => one.actions.includes(`dynamodb:${write}`)))
        .map((one) => one.resources);
      for (const table of tables) expect(table).toMatch(/^\{"Fn::ImportValue":"[^"]*ledger\w+Arn/);
    },
  );
});

test('no policy allows more than it names', () => {
  const roles = ofType(resources, 'AWS::IAM::Role');
  expect(roles.flatMap((role) => role.Properties.ManagedPolicyArns ?? [])).toEqual([]);
  expect(ofType(resources, 'AWS::IAM::Policy')).toEqual([]);
  expect(ofType(resources, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  for (const { actions, resources: on } of roles.flatMap(statementsOf)) {
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    if (actions.includes('sns:Publish')) continue;
    const hasNoResource = actions.every((action) => action.startsWith('xray:'));
    expect(on.includes('*')).toBe(hasNoResource);
  }
});

describe('who sends messages', () => {
  const senders = declarations.filter(({ grants }) => grants.messages === true);

  test('reaches no topic, and no mail leaves a stage without a sender', () => {
    expect(senders.length).toBeGreaterThan(0);
    for (const { name } of senders) {
      const statements = statementsOf(roleOf(resources, name));
      const publish = statements.filter(({ actions }) => actions.includes('sns:Publish'));
      expect(publish.map((one) => [one.effect, one.resources])).toEqual([
        ['Allow', '"*"'],
        ['Deny', expect.stringContaining(':sns:*:*:*')],
      ]);
      expect(actionsOf(resources, name)).not.toContain('ses:SendEmail');
    }
  });

  test('sends mail from the address of the stage and no other', () => {
    const withSender = resourcesOf(catalog, 'dev', { MAIL_FROM: 'pay@shop.example' });
    for (const { name } of senders) {
      expect(lambdaOf(withSender, name).Properties.Environment.Variables.MAIL_FROM).toBe(
        'pay@shop.example',
      );
      const [mail] = statementsOf(roleOf(withSender, name)).filter(({ actions }) =>
        actions.includes('ses:SendEmail'),
      );
      expect(mail?.resources).toContain(':identity/pay@shop.example');
      expect(mail?.resources).toContain(':identity/shop.example');
      expect(mail?.condition).toBe('{"StringEquals":{"ses:FromAddress":"pay@shop.example"}}');
    }
    const others = ofType(withSender, 'AWS::Lambda::Function').filter(
      ({ Properties }) => 'MAIL_FROM' in Properties.Environment.Variables,
    );
    // The fallback of the face that can send.
    expect(others).toHaveLength(senders.length + 1);
  });
});

test('the key of the tables is used through DynamoDB only', () => {
  const uses = ofType(resources, 'AWS::IAM::Role')
    .flatMap(statementsOf)
    .filter(({ resources: on }) => on.includes('TableKey'));
  const users = declarations.filter(({ grants: { ledger, access } }) => ledger ?? access);
  expect(uses).toHaveLength(users.length + fallbacks);
  for (const { condition } of uses) expect(condition).toContain('kms:ViaService');
});
