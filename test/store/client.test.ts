import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { HttpRequest } from '@smithy/core/transport';
import { expect, test } from 'vitest';
import { dynamoClient, endingIn } from '#store/core/client.ts';
import { followsUnclear } from '#store/core/commit-failures.ts';

/** The headers that a client would send to an endpoint. */
async function headersTo(endpoint: string): Promise<Record<string, string>> {
  let sent: Record<string, string> = {};
  const client = dynamoClient(endpoint, {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      async handle({ headers }: HttpRequest): Promise<never> {
        sent = headers;
        throw new Error('Not sent');
      },
    },
  });
  const command = new GetItemCommand({ TableName: 'ledger', Key: {} });
  await expect(client.send(command)).rejects.toThrow('Not sent');
  client.destroy();
  return sent;
}

const authorizationTo = async (endpoint: string) => (await headersTo(endpoint)).authorization;

test('an engine on this machine is not told about the SDK', async () => {
  expect(await headersTo('https://dynamodb.eu-west-1.amazonaws.com')).toMatchObject({
    'user-agent': expect.stringContaining('aws-sdk-js/'),
  });
  expect(await headersTo('http://127.0.0.1:8000')).not.toHaveProperty('user-agent');
});

test('nothing is copied for a logger', async () => {
  const client = dynamoClient('http://127.0.0.1:8000', { region: 'eu-west-1' });
  expect(client.middlewareStack.identify().join()).not.toContain('loggerMiddleware');
  client.destroy();
});

test('calls are signed, but for an engine on this machine', async () => {
  expect(await authorizationTo('https://dynamodb.eu-west-1.amazonaws.com')).toMatch(
    /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-west-1\/.*Signature=[0-9a-f]{64}$/,
  );
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    expect(await authorizationTo(`http://${host}:8000`)).toMatch(/Signature=0$/);
  }
  expect(await authorizationTo('http://127.0.0.1.example')).toMatch(/Signature=[0-9a-f]{64}$/);
});

interface Reply {
  statusCode: number;
  body: object;
}

/** A client whose calls are answered one after the other with what is given. */
function answeredWith(replies: Reply[], sent: string[] = []): DynamoDBClient {
  return dynamoClient('http://127.0.0.1:8000', {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    requestHandler: {
      async handle({ body }: HttpRequest) {
        sent.push(new TextDecoder().decode(body));
        const reply = replies.shift();
        if (reply === undefined) throw new Error('Not expected');
        const bytes = new TextEncoder().encode(JSON.stringify(reply.body));
        return { response: { statusCode: reply.statusCode, headers: {}, body: bytes } };
      },
    } as never,
  });
}

const DONE: Reply = { statusCode: 200, body: {} };
const FAILED: Reply = { statusCode: 500, body: { __type: 'InternalServerError' } };
const REFUSED: Reply = {
  statusCode: 400,
  body: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' },
};

test('a failure follows an unclear one of its own call, and of no other call', async () => {
  const client = answeredWith([FAILED, REFUSED, REFUSED, FAILED, DONE, REFUSED]);
  const put = () =>
    client.send(new PutItemCommand({ TableName: 'ledger', Item: {} })).catch((error) => error);
  expect(followsUnclear(await put())).toBe(true);
  expect(followsUnclear(await put())).toBe(false);
  expect(await put()).toMatchObject({ $metadata: { attempts: 2 } });
  expect(followsUnclear(await put())).toBe(false);
  client.destroy();
});

test('calls at the same time do not hear of what is unclear in each other', async () => {
  const client = answeredWith([FAILED, REFUSED, REFUSED]);
  const put = () =>
    client.send(new PutItemCommand({ TableName: 'ledger', Item: {} })).catch((error) => error);
  const [one, other] = await Promise.all([put(), put()]);
  expect([followsUnclear(one), followsUnclear(other)]).toEqual([true, false]);
  client.destroy();
});

test('transactions go out without the token that DynamoDB would remember', async () => {
  const sent: string[] = [];
  const client = answeredWith([DONE, DONE], sent);
  const Put = { TableName: 'ledger', Item: { pk: { S: ',"ClientRequestToken":"x"}' } } };
  const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Put }] });
  await client.send(transaction);
  await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }), endingIn(1000));
  const body = { TransactItems: [{ Put }] };
  expect(sent.map((one) => JSON.parse(one))).toEqual([body, body]);
  client.destroy();
});

test('the middleware is put together once for each kind of command', async () => {
  const client = answeredWith(Array.from({ length: 3 }, () => DONE));
  let count = 0;
  client.middlewareStack.add(
    (next) => {
      count += 1;
      return next;
    },
    { step: 'initialize' },
  );
  const get = () =>
    client.send(new GetItemCommand({ TableName: 'ledger', Key: {} }), endingIn(30_000));
  await get();
  await get();
  await client.send(new PutItemCommand({ TableName: 'ledger', Item: {} }));
  expect(count).toBe(2);
  client.destroy();
});

test('a call is ended when there is less time than it may take of itself', () => {
  expect(endingIn(20_001)).toBeUndefined();
  expect(endingIn(20_000)?.abortSignal.aborted).toBe(false);
  expect(endingIn(-1)?.abortSignal).toBeInstanceOf(AbortSignal);
});
