import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServiceError, type SignedCall, signedCall } from '#aws/signed-call.ts';

type Reply = { status: number; body?: string; headers?: Record<string, string> } | 'cut';

let server: Server;
let replies: Reply[] = [];
let calls: { headers: Record<string, unknown>; body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    calls.push({ headers: request.headers, body });
    const reply = replies.shift() ?? { status: 200, body: '{}' };
    if (reply === 'cut') return request.socket.destroy();
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => server.close());
beforeEach(() => {
  replies = [];
  calls = [];
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
});
afterEach(() => vi.unstubAllEnvs());

const signer = {
  credentials: async () => ({
    accessKeyId: 'id',
    secretAccessKey: 'secret',
    sessionToken: 'token',
  }),
  region: async () => 'eu-west-1',
};

const call: SignedCall = {
  service: 'kms',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.Decrypt' },
  body: '{"KeyId":"k"}',
  repeatable: true,
};

test('is signed for its service, and goes where the environment says', async () => {
  replies = [{ status: 200, body: '{"Plaintext":"cA=="}' }];
  expect(await signedCall(signer, call)).toBe('{"Plaintext":"cA=="}');
  expect(calls).toHaveLength(1);
  expect(calls[0]?.body).toBe(call.body);
  expect(calls[0]?.headers).toMatchObject({
    'x-amz-target': 'TrentService.Decrypt',
    'x-amz-security-token': 'token',
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=id\/\d{8}\/eu-west-1\/kms\/aws4_request, .*Signature=[0-9a-f]{64}$/,
    ),
  });
});

test('the endpoint of a service wins over that of all', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', process.env.AWS_ENDPOINT_URL ?? '');
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  await signedCall(signer, call);
  expect(calls).toHaveLength(1);
});

describe('an error has the name that its service gives it', () => {
  test.each<[string, Reply]>([
    ['KMS.AccessDeniedException', { status: 400, body: '{"__type":"AccessDeniedException"}' }],
    [
      'KMS.MessageRejected',
      { status: 400, headers: { 'x-amzn-errortype': 'MessageRejected:http://x' } },
    ],
    [
      'KMS.AuthorizationError',
      { status: 403, body: '<E><Error><Code>AuthorizationError</Code></Error></E>' },
    ],
    ['KMS.418', { status: 418, body: '' }],
  ])('%s', async (name, reply) => {
    replies = [reply];
    const failure = await signedCall(signer, call).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServiceError);
    expect(failure).toMatchObject({ name });
    expect(calls).toHaveLength(1);
  });
});

describe('what may have been done is repeated only where that does no harm', () => {
  const failures: [string, Reply][] = [
    ['a failed service', { status: 500 }],
    ['a lost answer', 'cut'],
  ];

  test.each(failures)('%s of a repeatable call', async (_, reply) => {
    replies = [reply, reply];
    await signedCall(signer, call);
    expect(calls).toHaveLength(3);
  });

  test.each(failures)('%s of any other', async (_, reply) => {
    replies = [reply];
    await expect(signedCall(signer, { ...call, repeatable: false })).rejects.toThrow();
    expect(calls).toHaveLength(1);
  });

  test('throttling of either', async () => {
    replies = [{ status: 429 }, { status: 400, body: '{"__type":"ThrottlingException"}' }];
    await signedCall(signer, { ...call, repeatable: false });
    expect(calls).toHaveLength(3);
  });
});
