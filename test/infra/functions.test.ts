import { describe, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { functionsOf, operationsByFace, routeKeysOf } from '#infra/aws/catalog.ts';
import { basePathsOf } from '#infra/faces.ts';
import { queueVariable, writesLedger } from '#operation/declare/grants.ts';
import { readSettings } from '#operation/runtime/settings.ts';
import { actionsOf, lambdaOf, roleOf, statementsOf } from './lambdas.ts';
import { ofType, resourcesOf } from './synthesise.ts';

const resources = resourcesOf(catalog);
const operations = functionsOf(catalog, 'operation').map((one) => one.declaration);
/** Each face has a function behind what is no route. */
const fallbacks = operationsByFace(catalog).length;
/** Those that jobs work on. */
const queues = functionsOf(catalog, 'job').map(({ declaration }) => declaration.queue);
const declarations = catalog.map(({ declaration }) => declaration);

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** The OpenAPI documents of the APIs. */
const documents = ofType(resources, 'AWS::ApiGatewayV2::Api').map(
  ({ Properties }) => Properties.Body,
);

/** Every route of the APIs, with the ARN that its integration invokes. */
const routes = documents.flatMap((body) =>
  Object.entries<Record<string, ReturnType<typeof JSON.parse>>>(body.paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const { $ref } = operation['x-amazon-apigateway-integration'];
        const integration =
          body.components['x-amazon-apigateway-integrations'][$ref.split('/').at(-1)];
        return {
          routeKey: path === '/$default' ? '$default' : `${method.toUpperCase()} ${path}`,
          parameters: (operation.parameters ?? []).map((one: { name: string }) => one.name),
          uri: JSON.stringify(integration.uri),
          credentials: integration.credentials,
        };
      }),
  ),
);

/** The route that API Gateway picks for a request: one with a literal wins over one with a parameter. */
function answering(request: string) {
  const matches = routes.filter(({ routeKey }) => {
    const segments = routeKey
      .split('/')
      .map((one) => (one.startsWith('{') ? '[^/]+' : RegExp.escape(one)));
    return new RegExp(`^${segments.join('/')}$`).test(request);
  });
  const parameters = ({ routeKey }: { routeKey: string }) => routeKey.split('{').length;
  return matches.toSorted((one, other) => parameters(one) - parameters(other))[0];
}

describe('operations', () => {
  test.each(functionsOf(catalog, 'operation').map((one) => [one.path, one] as const))(
    '%s has its documented route under every base of its face',
    (path, { declaration }) => {
      const [first] = declaration.routes;
      const name = lambdaOf(resources, path).Properties.FunctionName;
      const mine = routes.filter(({ uri }) => uri.includes(`:function:${name}/invocations`));
      const under = (base: string) => first.replace(' /', ` ${base}/`).replace(/\/$/, '');
      const keys = mine.map(({ routeKey }) => routeKey);
      expect(keys).toEqual(expect.arrayContaining(basePathsOf(declaration).map(under)));
      for (const { routeKey, parameters } of mine) {
        expect(parameters).toEqual([...routeKey.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      }
    },
  );

  test('no route is there twice, and what is none goes to the fallback of its face', () => {
    const keys = routes.map(({ routeKey }) => routeKey);
    const named = keys.filter((key) => key !== '$default');
    expect(new Set(named).size).toBe(named.length);
    const known = new Set(operations.flatMap(routeKeysOf));
    expect(named.filter((key) => !known.has(key))).toEqual([]);
    const others = routes.filter(({ routeKey }) => routeKey === '$default');
    expect(others.map(({ uri }) => /dev-(\w+-\w+)\/invocations/.exec(uri)?.[1])).toEqual([
      'paylands-fallback',
      'highlevel-fallback',
    ]);
  });

  test.each(functionsOf(catalog, 'operation').map((one) => [one.path, one] as const))(
    'no route of %s, and no alias, is taken for that of another operation',
    (path, { declaration }) => {
      const name = lambdaOf(resources, path).Properties.FunctionName;
      for (const routeKey of routeKeysOf(declaration)) {
        const uri = answering(routeKey.replace(/\{\w+\}/g, 'a-value'))?.uri ?? `:function:${name}/`;
        expect(uri, routeKey).toContain(`:function:${name}/`);
      }
    },
  );

  test('an API may invoke the functions of its face, and no others', () => {
    for (const { uri, credentials } of routes) {
      const [id] = credentials['Fn::GetAtt'];
      const role = resources.find((one) => one.id === id && one.stack.endsWith('-api'));
      if (role === undefined) throw new Error(`No role ${id}`);
      const [statement, ...more] = statementsOf(role);
      expect(more).toEqual([]);
      expect(statement?.actions).toEqual(['lambda:InvokeFunction']);
      const allowed = [
        ...(statement?.resources ?? '').matchAll(/:function:(pasarela-dev-\w+-)\*/g),
      ];
      const prefixes = allowed.map(([, prefix = '']) => prefix);
      expect(prefixes.some((prefix) => uri.includes(`:function:${prefix}`))).toBe(true);
      expect(prefixes).not.toContain('pasarela-dev-jobs-');
    }
  });

  test('every operation is done before the gateway gives up on it', () => {
    expect(operations.filter(({ timeoutSeconds }) => timeoutSeconds >= 30)).toEqual([]);
  });

  test('a read operation cannot write', () => {
    const reads = functionsOf(catalog, 'operation').filter(
      ({ declaration }) => !writesLedger(declaration.grants),
    );
    expect(reads.length).toBeGreaterThan(0);
    for (const { path } of reads) {
      const actions = actionsOf(resources, path).filter((one) => one.startsWith('dynamodb:'));
      expect(actions.filter((one) => WRITES.some((write) => one.endsWith(write)))).toEqual([]);
    }
  });
});

describe('every function', () => {
  test('is there once, with a role of its own', () => {
    const roles = catalog.map(({ path }) => roleOf(resources, path));
    expect(new Set(roles.map(({ stack, id }) => `${stack}/${id}`)).size).toBe(declarations.length);
    const lambdas = ofType(resources, 'AWS::Lambda::Function');
    expect(lambdas).toHaveLength(declarations.length + fallbacks);
  });

  test.each(catalog.map(({ path, declaration }) => [path, declaration] as const))(
    '%s runs as declared',
    (path, { timeoutSeconds }) => {
      expect(lambdaOf(resources, path).Properties).toMatchObject({
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

  test.each(catalog.map(({ path, declaration }) => [path, declaration] as const))(
    '%s finds its settings',
    (path, { grants }) => {
      const { Variables } = lambdaOf(resources, path).Properties.Environment;
      const environment = Object.keys(Variables).map((variable) => [variable, 'text']);
      const settings = readSettings(Object.fromEntries(environment));
      expect(settings.KMS_KEY_ID === undefined).toBe(grants.key !== true);
      expect(Variables.TZ).toBe('Europe/Madrid');
      const sends = new Set<string>(grants.sends);
      for (const queue of queues) {
        expect(queueVariable(queue) in Variables, queue).toBe(sends.has(queue));
      }
    },
  );

  test.each(catalog.map(({ path, declaration }) => [path, declaration] as const))(
    '%s may do what its grants say',
    (path, { kind, grants }) => {
      const actions = actionsOf(resources, path);
      const writes = WRITES.map((write) => `dynamodb:${write}`);
      const expected = {
        write: writesLedger(grants),
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

  test.each(catalog.map(({ path, declaration }) => [path, declaration] as const))(
    '%s sends to the queues that its grants name, and to no other',
    (path, { grants }) => {
      const sending = statementsOf(roleOf(resources, path))
        .filter(({ actions }) => actions.includes('sqs:SendMessage'))
        .map((one) => one.resources);
      const sends = new Set<string>(grants.sends);
      for (const queue of queues) {
        // The export of a queue's ARN is called by its logical id.
        const isNamed = sending.some((one) => one.includes(`GetAtt${queue.replaceAll('-', '')}`));
        expect(isNamed, queue).toBe(sends.has(queue));
      }
      expect(sending.join()).not.toContain('ledger');
    },
  );

  test.each(catalog.map(({ path, declaration }) => [path, declaration] as const))(
    '%s writes to no table but the ledger',
    (path) => {
      const tables = statementsOf(roleOf(resources, path))
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
    const named = on.replaceAll(/:function:pasarela-dev-\w+-\*/g, '');
    expect(named.includes('*')).toBe(hasNoResource);
  }
});

describe('who sends messages', () => {
  const sendersBy = (channel: 'mail' | 'sms') =>
    catalog.filter(({ declaration }) => declaration.grants.messages?.includes(channel));

  test('as SMS reaches no topic, and no mail leaves a stage without a sender', () => {
    expect(sendersBy('sms').length).toBeGreaterThan(0);
    for (const { path } of sendersBy('sms')) {
      const statements = statementsOf(roleOf(resources, path));
      const publish = statements.filter(({ actions }) => actions.includes('sns:Publish'));
      expect(publish.map((one) => [one.effect, one.resources])).toEqual([
        ['Allow', '"*"'],
        ['Deny', expect.stringContaining(':sns:*:*:*')],
      ]);
      expect(actionsOf(resources, path)).not.toContain('ses:SendEmail');
    }
  });

  test('sends mail from the address of the stage and no other', () => {
    const senders = sendersBy('mail');
    expect(senders.length).toBeGreaterThan(0);
    const withSender = resourcesOf(catalog, { settings: { MAIL_FROM: 'pay@shop.example' } });
    for (const { path } of senders) {
      const { Variables } = lambdaOf(withSender, path).Properties.Environment;
      expect(Variables.MAIL_FROM).toBe('pay@shop.example');
      const [mail] = statementsOf(roleOf(withSender, path)).filter(({ actions }) =>
        actions.includes('ses:SendEmail'),
      );
      expect(mail?.resources).toContain(':identity/pay@shop.example');
      expect(mail?.resources).toContain(':identity/shop.example');
      expect(mail?.condition).toBe('{"StringEquals":{"ses:FromAddress":"pay@shop.example"}}');
    }
    const all = ofType(withSender, 'AWS::Lambda::Function').filter(
      ({ Properties }) => 'MAIL_FROM' in Properties.Environment.Variables,
    );
    // And the fallback of the face that can send.
    expect(all).toHaveLength(senders.length + 1);
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
