import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { callDirectly, type Look } from '#infra/local/direct-calls.ts';
import { dynamoClient } from '#store/core/client.ts';

type Answer = (response: ServerResponse) => void;

const json =
  (status: number, body: object): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  };

/** What the engine answers next, one after the other; then that all is well. */
let answers: Answer[] = [];
let seen: { target: unknown; body: string }[] = [];

const engine = createServer(async (request: IncomingMessage, response) => {
  seen.push({ target: request.headers['x-amz-target'], body: await text(request) });
  (answers.shift() ?? json(200, {}))(response);
});

beforeAll(() => new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  engine.closeAllConnections();
  engine.close();
});

let clients: DynamoDBClient[] = [];
afterEach(() => {
  for (const client of clients) client.destroy();
  clients = [];
});

function clientOf(look: Look | null): DynamoDBClient {
  const { port } = engine.address() as AddressInfo;
  const client = dynamoClient(`http://127.0.0.1:${port}`, {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  });
  if (look !== null) callDirectly(client, look);
  clients.push(client);
  return client;
}

const Item = { pk: { S: 'a"ñ' }, packed: { B: Uint8Array.of(1, 2, 250) }, n: { N: '1.5' } };
const put = () =>
  new PutItemCommand({
    TableName: 'ledger',
    Item,
    ConditionExpression: 'attribute_not_exists(pk)',
  });

/** All that the store looks at of what became of a call. */
async function outcome(client: DynamoDBClient, plan: readonly Answer[]) {
  answers = [...plan];
  seen = [];
  const output = await client.send(put()).catch((error: Record<string, unknown>) => ({
    error: error.name,
    // The SDK adds a hint for whoever debugs it.
    message: String(error.message).split('\n')[0],
    code: error.code,
    item: error.Item,
    isAnswered: '$response' in error,
    $metadata: error.$metadata,
  }));
  const { httpStatusCode, attempts } = output.$metadata as Record<string, unknown>;
  return { ...output, $metadata: { httpStatusCode, attempts }, seen };
}

const ERROR = 'com.amazonaws.dynamodb.v20120810#';
const refused = json(400, {
  __type: `${ERROR}ConditionalCheckFailedException`,
  message: 'The conditional request failed',
  Item,
});
const failed = json(500, { __type: `${ERROR}InternalServerError`, message: 'Try again' });
const throttled = json(400, { __type: `${ERROR}ThrottlingException`, message: 'Too fast' });
const hungUp: Answer = (response) => response.destroy();
const garbage: Answer = (response) => response.writeHead(200).end('{"Attributes":');
const brokenOff: Answer = (response) => {
  response.writeHead(200, { 'content-length': '100' }).write('{');
  setTimeout(() => response.destroy(), 5);
};

test.each<[string, Answer[]]>([
  ['is written', []],
  ['is answered', [json(200, { Attributes: { pk: { S: 'x' } } })]],
  ['is refused', [refused]],
  ['fails once', [failed]],
  ['fails always', [failed, failed, failed]],
  ['is throttled once', [throttled]],
  ['gets no answer once', [hungUp]],
  ['gets no answer ever', [hungUp, hungUp, hungUp]],
  ['gets an answer that nobody can read', [garbage, garbage, garbage]],
  ['gets half an answer', [brokenOff, brokenOff, brokenOff]],
])('a call that %s ends as it does through the SDK’s middleware', async (_, plan) => {
  const direct = await outcome(
    clientOf(() => {}),
    plan,
  );
  expect(direct).toEqual(await outcome(clientOf(null), plan));
});

test('what must not be is never sent', async () => {
  const client = clientOf((operation, { TableName }: { TableName?: string }) => {
    throw new Error(`${operation} on ${TableName}`);
  });
  seen = [];
  await expect(client.send(put())).rejects.toThrow('PutItem on ledger');
  expect(seen).toEqual([]);
});

test('a deadline ends a call that nobody answers', async () => {
  const client = clientOf(() => {});
  answers = [() => {}];
  const sent = client.send(put(), { abortSignal: AbortSignal.timeout(50) });
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
});

test('what a command brings along is run', async () => {
  const command = new QueryCommand({ TableName: 'ledger' });
  command.middlewareStack.add(
    (next) => (call) => {
      const request = call.request as { body: Uint8Array };
      request.body = Buffer.from('{"TableName":"other"}');
      return next(call);
    },
    { step: 'serialize', priority: 'low', name: 'other' },
  );
  seen = [];
  await clientOf(() => {}).send(command);
  expect(seen.map((one) => one.body)).toEqual(['{"TableName":"other"}']);
});
