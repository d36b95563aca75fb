import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actionsOf } from '#infra/local/aws-actions.ts';
import { startEngine } from '#infra/local/engine.ts';
import { prepareSdk } from '#infra/local/environment.ts';
import { createTables } from '#infra/local/tables.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import { dynamoClient } from '#store/core/client.ts';
import { ledgerStore } from '#store/ledger.ts';
import { adminJson } from '#test/support/admin.ts';
import { newOrder } from '#test/support/orders.ts';

const LEDGER = 'pasarela-qa-ledger';

interface Right {
  action: string;
  resource: string;
}

type Input = Record<string, unknown>;

/** A service of AWS: what a call of it needs, and what it answers. */
interface Service {
  rightsOf(operation: string, input: Input): Right[];
  answer(operation: string, input: Input, url: string): Promise<Response> | object;
}

/** What the guide tells an administrator to have, of the stage `qa`. */
const documented = readFileSync(`${import.meta.dirname}/../../docs/deploy.md`, 'utf8')
  .split('\n')
  .filter((line) => /^\| the .*`(alias\/)?pasarela-<stage>/.test(line))
  .flatMap((line): Right[] => {
    const names = [...line.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const actions = names.filter((name) => name.includes(':'));
    return names
      .filter((name) => name.includes('<stage>'))
      .map((name) => name.replace('<stage>', 'qa'))
      .flatMap((resource) => actions.map((action) => ({ action, resource })));
  });

const used: Right[] = [];
const resources = new AsyncDisposableStack();
let environment: Record<string, string>;

beforeAll(async () => {
  prepareSdk(true);
  const engine = await startEngine(null);
  resources.defer(() => engine.stop());
  const client = dynamoClient(engine.endpoint);
  resources.defer(() => client.destroy());
  await createTables(client, { ledger: LEDGER, access: 'pasarela-qa-access' });
  environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: await watched(databaseAt(engine.endpoint)),
    AWS_ENDPOINT_URL_SQS: await watched(QUEUES),
    AWS_ENDPOINT_URL_KMS: await watched(KEYS),
  };
});
afterAll(() => resources.disposeAsync());

const databaseAt = (endpoint: string): Service => ({
  rightsOf: (operation, input) =>
    actionsOf(operation, input).map(({ action, resource }) => {
      return { action, resource: resource.replace(/^table\//, '') };
    }),
  answer: (operation, input) =>
    fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=0',
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': '20260101T000000Z',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      },
      body: JSON.stringify(input),
    }),
});

const QUEUES: Service = {
  rightsOf: (operation, { QueueName, QueueUrl }) => {
    const resource = String(QueueName ?? QueueUrl).replace(/^.*\//, '');
    return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource }];
  },
  answer: (operation, { QueueName }, url) =>
    operation === 'GetQueueUrl' ? { QueueUrl: `${url}/${QueueName}` } : { Successful: [] },
};

const KEYS: Service = {
  rightsOf: (operation, { KeyId }) => [{ action: `kms:${operation}`, resource: String(KeyId) }],
  answer: (operation, { Plaintext, CiphertextBlob }) => {
    const [from, to] =
      operation === 'Encrypt' ? [Plaintext, 'CiphertextBlob'] : [CiphertextBlob, 'Plaintext'];
    return { [to]: Buffer.from(String(from), 'base64').reverse().toString('base64') };
  },
};

/** Starts a service that remembers what calls of it have needed. */
async function watched({ rightsOf, answer }: Service): Promise<string> {
  const server = createServer(async (request, reply) => {
    const input: Input = JSON.parse(await text(request));
    const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
    used.push(...rightsOf(operation, input));
    const answered = await answer(operation, input, `http://${request.headers.host}`);
    const isResponse = answered instanceof Response;
    reply.writeHead(isResponse ? answered.status : 200, {
      'content-type': 'application/x-amz-json-1.0',
    });
    reply.end(isResponse ? await answered.text() : JSON.stringify(answered));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  resources.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const admin = (...args: string[]) => adminJson(environment, '--stage', 'qa', ...args);

/** Keeps a payout to Jane that is about to expire, and of which somebody was told. */
async function keepOrder(tenant: Tenant): Promise<[order: string, notification: string]> {
  const at = new Date(Date.now() + 600_000).toISOString();
  const order = newOrder({ customer: 'jane', intent: 'payout', expiresAt: at });
  const notification = {
    ...{ id: '6b026022e13e11f6b0854e26', version: 1, url: 'https://shop.example', order },
    ...{ state: 'delivered' as const, createdAt: order.createdAt, dueAt: null, attempts: [] },
  };
  const client = dynamoClient(environment.AWS_ENDPOINT_URL_DYNAMODB);
  await ledgerStore(client, LEDGER).commit(tenant, [
    { change: 'order', order, due: { kind: 'expire', at }, testClock: false },
    { change: 'notification', orderUuid: order.uuid, notification },
  ]);
  client.destroy();
  return [order.uuid, notification.id];
}

function allows(right: Right, { action, resource }: Right): boolean {
  if (right.action !== action) return false;
  if (!right.resource.endsWith('*')) return right.resource === resource;
  return resource.startsWith(right.resource.slice(0, -1));
}

test('the rights that the guide names are those that the commands need', async () => {
  await admin('init');
  const { merchant = '' } = await admin('merchant', 'create', 'Acme');
  const [order, notification] = await keepOrder({ merchant, environment: 'sandbox' });
  used.length = 0;
  for (const command of [
    ['init'],
    ['service', 'create', 'Acme', '--type', 'REDSYS', '--currency', 'EUR'],
    ['key', 'create', 'Acme'],
    ['signature', 'rotate', 'Acme', '--yes'],
    ['template', 'create', 'Acme', '--name', 'Shop'],
    ['security', 'amount', 'Acme', '1000', '--score', '10'],
    ['highlevel', 'location', 'create', 'Acme', '--id', 've9EPM428h8vShlRW1KT'],
    ['order', 'list', 'Acme'],
    ['merchant', 'count', 'Acme'],
    ['notification', 'resend', order, notification],
    ['upgrade'],
    ['clock', 'advance', 'Acme', '2h'],
    ['customer', 'export', 'Acme', 'jane'],
    ['customer', 'forget', 'Acme', 'jane', '--yes'],
  ]) {
    await admin(...command);
  }
  const lacking = used.filter((one) => !documented.some((right) => allows(right, one)));
  expect(new Set(lacking.map(({ action, resource }) => `${action} ${resource}`))).toEqual(
    new Set(),
  );
  const actions = new Set(documented.map(({ action }) => action));
  const idle = [...actions].filter((action) => !used.some((one) => one.action === action));
  expect(idle).toEqual([]);
});
