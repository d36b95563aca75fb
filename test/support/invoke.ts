import type { SQSBatchResponse } from 'aws-lambda';
import deliverNotification from '#functions/jobs/deliver-notification.ts';
import { invoke as invokeLocally } from '#infra/local/functions.ts';
import type { DeclaredFunction } from '#operation/declare/declaration.ts';

/** Calls a function as Lambda does. */
export function invoke(entry: DeclaredFunction, event: object = {}): Promise<unknown> {
  return invokeLocally(entry, event, 'test');
}

/** Hands messages to the notification job; the result is which of them failed, by index. */
export async function deliver(...bodies: string[]): Promise<number[]> {
  const Records = bodies.map((body, index) => ({ messageId: String(index), body }));
  const result = (await invoke(deliverNotification, { Records })) as SQSBatchResponse;
  return result.batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
}
