import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Deadline } from '#ledger/core/deadline.ts';
import { errorFields } from '#operation/runtime/log.ts';
import { type Runtime, runtime } from '#operation/runtime/runtime.ts';
import type { DeclaredFunction, Grants, JobDeclaration, LambdaContext } from './declaration.ts';

/** Work on a message ends this long before its function would be stopped. */
const RESERVE_MS = 2000;

/**
 * Declares a consumer of a queue. Messages are handled side by side; only those that fail return
 * to the queue, and from there to its dead-letter queue.
 */
export function job<M extends z.ZodMiniType>(
  spec: Omit<JobDeclaration, 'kind'> & {
    message: M;
    handle(message: z.output<M>, runtime: Runtime, deadline: Deadline): Promise<void>;
  },
): DeclaredFunction<JobDeclaration> {
  const { message, handle, ...declaration } = spec;
  // Work of a merchant begins with reading the merchant.
  const grants: Grants = { access: 'read', key: true, ...declaration.grants };
  const consume = async (record: SQSRecord, deadline: Deadline) => {
    await handle(z.parse(message, JSON.parse(record.body)), runtime(), deadline);
  };
  return {
    declaration: { kind: 'job', ...declaration, grants },
    handler: async (event: SQSEvent, context: LambdaContext): Promise<SQSBatchResponse> => {
      const deadline = { remainingMs: () => context.getRemainingTimeInMillis() - RESERVE_MS };
      const work = event.Records.map((record) => consume(record, deadline));
      const results = await Promise.allSettled(work);
      const failed = event.Records.filter((_, index) => results[index]?.status === 'rejected');
      for (const result of results) {
        if (result.status === 'rejected') {
          const fields = { function: declaration.name, ...errorFields(result.reason) };
          runtime().log('error', 'message_failed', fields);
        }
      }
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
  };
}
