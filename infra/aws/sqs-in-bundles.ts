import { environmentSigner, signedCall } from '#aws/signed-call.ts';

/**
 * Stands in for the client of SQS in bundles: functions send, and do nothing else with a queue,
 * which is one signed call. The client would be a fifteenth of what they read at start-up.
 */
export class SQSClient {
  readonly #endpoint: string | undefined;

  constructor({ endpoint }: { endpoint?: string }) {
    this.#endpoint = endpoint;
  }

  /**
   * Sends up to ten messages. A queue's consumers do twice what they get twice, as SQS demands,
   * so that a call without an answer is repeated once.
   * @throws ServiceError
   */
  async send({ input }: SendMessageBatchCommand): Promise<{ Failed?: unknown[] }> {
    const answer = await signedCall(environmentSigner, {
      service: 'sqs',
      endpoint: this.#endpoint ?? new URL(input.QueueUrl).origin,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonSQS.SendMessageBatch',
      },
      body: JSON.stringify(input),
      repeatable: true,
      attempts: 2,
    });
    return JSON.parse(answer);
  }
}

/** What is sent, as the SDK's command of this name takes it. */
export class SendMessageBatchCommand {
  readonly input: { QueueUrl: string; Entries: readonly object[] };

  constructor(input: SendMessageBatchCommand['input']) {
    this.input = input;
  }
}
