import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ResourceName } from '#operation/declare/statements.ts';

/**
 * Asked before each call to AWS where many functions run in one process, so that each can do there
 * what its role allows, and nothing else. On AWS there is none: the roles stand guard.
 */
export interface Guard {
  /** Looks at every call of a client. */
  watch(client: DynamoDBClient | SQSClient): void;
  /** @throws an error named `AccessDeniedException` */
  check(action: string, resource: ResourceName): void;
  /** Hears which errors the function answers, so that tests can tell whether it declares them. */
  noteError(code: string): void;
}
