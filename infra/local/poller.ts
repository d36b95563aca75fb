import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { JobDeclaration } from '#operation/declare/declaration.ts';
import { errorFields, type Log } from '#operation/runtime/log.ts';
import { type CatalogEntry, invoke } from './functions.ts';

/** Something that runs until it is stopped. */
export interface Running {
  /** Lets what is under way finish. */
  stop(): Promise<void>;
}

/** The queue that a job is fed from. */
export interface Source {
  client: SQSClient;
  url: string;
}

/** So many batches of a job run at a time: one slow receiver must not hold up the others. */
const CONCURRENCY = 4;
const WAIT_SECONDS = 20;
const PAUSE_AFTER_ERROR_MS = 1000;

/** Feeds a job from its queue, as Lambda's event source mapping does. */
export function startPoller(source: Source, job: CatalogEntry<JobDeclaration>, log: Log): Running {
  const stopping = new AbortController();
  const loops = Array.from({ length: CONCURRENCY }, () => poll(source, job, log, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function poll(
  source: Source,
  job: CatalogEntry<JobDeclaration>,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const messages = await receive(source, job.declaration.batchSize, signal);
      if (messages.length > 0) await handle(source, job, messages);
    } catch (error) {
      if (signal.aborted) return;
      log('error', 'failed', { function: job.declaration.name, ...errorFields(error) });
      await sleep(PAUSE_AFTER_ERROR_MS, null, { signal }).catch(() => {});
    }
  }
}

async function receive(
  { client, url }: Source,
  most: number,
  abortSignal: AbortSignal,
): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: most,
    WaitTimeSeconds: WAIT_SECONDS,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages } = await client.send(command, { abortSignal });
  return Messages ?? [];
}

/** Runs the job on a batch and deletes what it did not report as failed. */
async function handle(
  { client, url }: Source,
  job: CatalogEntry<JobDeclaration>,
  messages: readonly Message[],
): Promise<void> {
  const result = await invoke(job, { Records: messages.map(recordOf) });
  const failed = failedIds(result);
  const done = messages.filter((message) => !failed.has(message.MessageId ?? ''));
  if (done.length === 0) return;
  const Entries = done.map((message, index) => ({
    Id: String(index),
    ReceiptHandle: message.ReceiptHandle,
  }));
  await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
}

function recordOf(message: Message): object {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: message.MessageAttributes ?? {},
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
  };
}

function failedIds(result: unknown): Set<string> {
  const failures = (
    result as { batchItemFailures?: { itemIdentifier: string }[] } | null | undefined
  )?.batchItemFailures;
  return new Set(failures?.map((failure) => failure.itemIdentifier));
}
