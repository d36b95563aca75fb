import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as inBundles from '#infra/aws/sqs-in-bundles.ts';
import { createQueue, type QueueEngine, startQueueEngine } from '#infra/local/queues.ts';

let engine: QueueEngine;
let client: SQSClient;
let QueueUrl: string;

beforeAll(async () => {
  engine = await startQueueEngine(null);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SQSClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials });
  QueueUrl = await createQueue(client, 'bundled');
});
beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  return () => vi.unstubAllEnvs();
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

function batch(queue: string, ...bodies: string[]) {
  const Entries = bodies.map((MessageBody, index) => ({
    Id: String(index),
    MessageBody,
    DelaySeconds: 0,
  }));
  return new inBundles.SendMessageBatchCommand({ QueueUrl: queue, Entries });
}

test('messages arrive as they were sent', async () => {
  const sender = new inBundles.SQSClient({ endpoint: engine.endpoint });
  const { Failed = [] } = await sender.send(batch(QueueUrl, '{"id":"ñ"}', '{"id":2}'));
  expect(Failed).toEqual([]);
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  expect(Messages.map(({ Body }) => Body).toSorted()).toEqual(
    ['{"id":"ñ"}', '{"id":2}'].toSorted(),
  );
});

test('a queue that does not exist is an error', async () => {
  const sender = new inBundles.SQSClient({ endpoint: engine.endpoint });
  const sent = sender.send(batch(`${QueueUrl}-unknown`, '{}'));
  await expect(sent).rejects.toThrow(/^SQS refused: 400 .*QueueDoesNotExist|NonExistentQueue/);
});

test('asks where the queue is, and asks once more when no answer comes', async () => {
  let calls = 0;
  const server = createServer((request) => {
    calls += 1;
    request.socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const sender = new inBundles.SQSClient({});
  await expect(sender.send(batch(`http://127.0.0.1:${port}/1/q`, '{}'))).rejects.toThrow();
  expect(calls).toBe(2);
  server.close();
});
