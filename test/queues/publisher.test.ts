import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { publisher, type Work } from '#queues/publisher.ts';

interface Entry {
  MessageGroupId: string;
  DelaySeconds: number;
}

const sent: Entry[][] = [];
/** The messages that the queue does not take, of every call. */
let failed: { Id: string; Code: string; SenderFault: boolean }[] = [];
const server = createServer(async (request, reply) => {
  const { Entries } = (await json(request)) as { Entries: Entry[] };
  sent.push(Entries);
  reply.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  reply.end(JSON.stringify({ Successful: [], Failed: failed }));
});

beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  sent.length = 0;
  failed = [];
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  return () => vi.unstubAllEnvs();
});

async function groupsOf(...messages: Work[]): Promise<string[]> {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await publisher<Work>('notifications', `${endpoint}/1/notifications`, endpoint)(messages, 7);
  return sent.flat().map(({ MessageGroupId }) => MessageGroupId);
}

test('what goes to one server is a group, whoever sends it; other work is one of its merchant', async () => {
  const receiver = 'https://shop.example:8443';
  expect(
    await groupsOf({ merchant: 'A', receiver }, { merchant: 'B', receiver }, { merchant: 'B' }),
  ).toEqual([receiver, receiver, 'B']);
  expect(sent.flat().map(({ DelaySeconds }) => DelaySeconds)).toEqual([7, 7, 7]);
});

test('a group has a name that SQS takes', async () => {
  const [long, none] = await groupsOf(
    { merchant: 'A', receiver: `https://${'long.'.repeat(40)}example` },
    { merchant: 'A', receiver: '' },
  );
  expect(long).toHaveLength(128);
  expect(none).toBe('A');
});

test('ten messages are a call', async () => {
  await groupsOf(...Array.from({ length: 25 }, () => ({ merchant: 'A' })));
  expect(sent.map((entries) => entries.length)).toEqual([10, 10, 5]);
});

test('one message that is not taken fails the call, so that what was claimed is given back', async () => {
  failed = [{ Id: '1', Code: 'InternalError', SenderFault: false }];
  await expect(groupsOf({ merchant: 'A' }, { merchant: 'B' })).rejects.toThrow('refused a message');
});
