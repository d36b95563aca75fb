import type { SQSBatchResponse } from 'aws-lambda';
import deliverNotification from '#functions/jobs/deliver-notification.ts';
import type { DeclaredFunction } from '#operation/declare/declaration.ts';

/** Calls a function as Lambda does. */
export function invoke(entry: DeclaredFunction, event: object = {}): Promise<unknown> {
  const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 60_000 };
  return entry.handler(event as never, context);
}

/** Hands messages to the notification job; the result is which of them failed, by index. */
export async function deliver(...bodies: string[]): Promise<number[]> {
  const Records = bodies.map((body, index) => ({ messageId: String(index), body }));
  const result = (await invoke(deliverNotification, { Records })) as SQSBatchResponse;
  return result.batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
}
