import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { prepareSdk } from '#infra/local/environment.ts';
import type { CatalogEntry } from '#infra/local/functions.ts';
import { startPoller } from '#infra/local/poller.ts';
import { createQueue, type QueueEngine, startQueueEngine } from '#infra/local/queues.ts';
import { startSchedule } from '#infra/local/schedules.ts';
import type { JobDeclaration, ScheduleDeclaration } from '#operation/declare/declaration.ts';
import { eventually } from '#test/support/eventually.ts';

const SHARED = { summary: '', grants: { ledger: ['read'] as const }, timeoutSeconds: 5 };

interface TestEvent {
  Records: { messageId: string; body: string; attributes: Record<string, string> }[];
}

function job(
  handle: (event: TestEvent) => Promise<unknown>,
  batchSize = 10,
): CatalogEntry<JobDeclaration> {
  return {
    path: 'test/job',
    declaration: { ...SHARED, kind: 'job', name: 'job', queue: 'notifications', batchSize },
    handler: handle,
  };
}

describe('startPoller', () => {
  let engine: QueueEngine;
  let client: SQSClient;

  beforeAll(async () => {
    prepareSdk(true);
    engine = await startQueueEngine(null);
    client = new SQSClient({ endpoint: engine.endpoint });
  });

  afterAll(async () => {
    client.destroy();
    await engine.stop();
  });

  async function send(url: string, ...bodies: string[]): Promise<void> {
    for (const MessageBody of bodies) {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    }
  }

  /** Messages of a queue, hidden ones after their visibility timeout is skipped. */
  async function left(url: string): Promise<string[]> {
    const command = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await client.send(command);
    return Messages.map((message) => message.Body ?? '').sort();
  }

  test('hands over records as Lambda does and deletes them', async () => {
    const url = await createQueue(client, 'delivered');
    const seen: TestEvent['Records'] = [];
    const poller = startPoller(
      { client, url },
      job(async ({ Records }) => {
        seen.push(...Records);
      }),
      () => {},
    );
    await send(url, 'one', 'two');
    await eventually(() => expect(seen).toHaveLength(2));
    await poller.stop();
    expect(seen.map((record) => record.body).sort()).toEqual(['one', 'two']);
    expect(seen[0]?.attributes.ApproximateReceiveCount).toBe('1');
    expect(await left(url)).toEqual([]);
  });

  test('leaves failed messages in the queue until the dead-letter queue takes them', async () => {
    const url = await createQueue(client, 'failing');
    const deadLetters = 'arn:aws:sqs:eu-west-1:000000000000:failing-dead';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLetters, maxReceiveCount: 2 });
    const Attributes = { VisibilityTimeout: '1', RedrivePolicy };
    await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    const received: string[] = [];
    const poller = startPoller(
      { client, url },
      job(async ({ Records }) => {
        received.push(...Records.map((record) => record.body));
        const failed = Records.filter((record) => record.body === 'bad');
        return { batchItemFailures: failed.map((one) => ({ itemIdentifier: one.messageId })) };
      }),
      () => {},
    );
    await send(url, 'good', 'bad');
    const dead = url.replace('failing', 'failing-dead');
    await eventually(async () => expect(await left(dead)).toEqual(['bad']));
    await poller.stop();
    expect(received.filter((body) => body === 'bad')).toHaveLength(2);
    expect(received).toContain('good');
  });

  test('redrives what failed five times', async () => {
    const url = await createQueue(client, 'redriven');
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] }),
    );
    expect(Attributes?.RedrivePolicy).toContain('"maxReceiveCount":"5"');
    expect(Attributes?.RedrivePolicy).toContain(':redriven-dead"');
  });

  test('goes on after the job threw, and lets the job finish when it stops', async () => {
    const url = await createQueue(client, 'throwing');
    const log = vi.fn();
    let started = 0;
    let finished = 0;
    const handle = async ({ Records }: TestEvent) => {
      if (Records[0]?.body === 'bad') throw new Error('no');
      started += 1;
      await sleep(100);
      finished += 1;
    };
    const poller = startPoller({ client, url }, job(handle, 1), log);
    await send(url, 'bad', 'good', 'good');
    await eventually(() => expect(started).toBe(2));
    await poller.stop();
    expect(finished).toBe(2);
    expect(log).toHaveBeenCalledOnce();
  });
});

describe('startSchedule', () => {
  function schedule(run: () => Promise<void>): CatalogEntry<ScheduleDeclaration> {
    return {
      path: 'test/schedule',
      declaration: { ...SHARED, kind: 'schedule', name: 'schedule', everyMinutes: 1 },
      handler: run,
    };
  }

  test('runs at once and again, never twice at a time, also after it threw', async () => {
    let runs = 0;
    let running = 0;
    let most = 0;
    const log = vi.fn();
    const timer = startSchedule(
      schedule(async () => {
        running += 1;
        most = Math.max(most, running);
        runs += 1;
        await sleep(20);
        running -= 1;
        if (runs === 1) throw new Error('no');
      }),
      0.01,
      log,
    );
    await eventually(() => expect(runs).toBeGreaterThan(3));
    await timer.stop();
    const after = runs;
    await sleep(50);
    expect([most, running, runs]).toEqual([1, 0, after]);
    expect(log).toHaveBeenCalledOnce();
  });

  test('without another pace runs as declared', async () => {
    let runs = 0;
    const timer = startSchedule(
      schedule(async () => {
        runs += 1;
      }),
      null,
      () => {},
    );
    await sleep(50);
    await timer.stop();
    expect(runs).toBe(1);
  });
});
