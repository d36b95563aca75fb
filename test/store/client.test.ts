import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { HttpRequest } from '@smithy/core/transport';
import { expect, test } from 'vitest';
import { dynamoClient } from '#store/core/client.ts';

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
