import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ResourceName } from '#operation/declare/statements.ts';

/**
 * Asked before each call to AWS where many functions run in one process, so that each can do there
 * what its role allows, and nothing else, and answers no error that it does not declare. On AWS
 * there is none: the roles stand guard.
 */
export interface Guard {
  /** Looks at every call of a client. */
  watch(client: DynamoDBClient | SQSClient): void;
  /** @throws an error named `AccessDeniedException` */
  check(action: string, resource: ResourceName): void;
  /** @throws UndeclaredError for an error that the function's declaration does not name */
  checkError(code: string): void;
}
