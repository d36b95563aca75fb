import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueName } from '#operation/declare/declaration.ts';

/** SQS takes so many messages in one call. */
const BATCH = 10;

/** What SQS takes of a group's name. */
const MAX_GROUP_CHARACTERS = 128;

/** A message is work for a merchant, and may name the server that it goes to. */
export interface Work {
  merchant: string;
  receiver?: string | undefined;
}

/** Sends messages to a queue, after so many seconds (0 to 900). */
export type Publish<M> = (messages: readonly M[], delaySeconds?: number) => Promise<void>;

/** Who is asked before messages are sent, where functions are not kept apart by their roles. */
export interface QueueGuard {
  watch(client: SQSClient): void;
  check(action: 'sqs:SendMessage', resource: `queue/${QueueName}`): void;
}

/**
 * A publisher for a queue. Without its address nothing is sent: what must not be lost is due in
 * the ledger, and a schedule finds it.
 */
export function publisher<M extends Work>(
  queue: QueueName,
  QueueUrl: string | undefined,
  endpoint: string | undefined,
  guard: QueueGuard | null = null,
): Publish<M> {
  if (QueueUrl === undefined) {
    return async (messages) => {
      if (messages.length > 0) guard?.check('sqs:SendMessage', `queue/${queue}`);
    };
  }
  const client = new SQSClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  });
  guard?.watch(client);
  return async (messages, delaySeconds = 0) => {
    for (let start = 0; start < messages.length; start += BATCH) {
      const Entries = messages.slice(start, start + BATCH).map((message, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(message),
        DelaySeconds: delaySeconds,
        MessageGroupId: groupOf(message),
      }));
      const { Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      if (Failed !== undefined && Failed.length > 0) throw new Error('SQS refused a message');
    }
  };
}

/**
 * Whose messages wait for each other: those to one server, otherwise those of one merchant. SQS
 * hands out those of others first when one group keeps its consumers busy (fair queues).
 */
function groupOf({ receiver, merchant }: Work): string {
  return (receiver || merchant).slice(0, MAX_GROUP_CHARACTERS);
}
