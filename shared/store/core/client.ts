import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** Timeouts of each attempt; without `throwOnRequestTimeout` the SDK would only log a warning. */
const DEADLINES = {
  connectionTimeout: 1000,
  requestTimeout: 3000,
  socketTimeout: 3000,
  throwOnRequestTimeout: true,
};

/**
 * A DynamoDB client with deadlines: a call that hangs must not eat the time of a payment. The SDK
 * repeats what may pass, reads and writes: a commit finds out itself whether it is written.
 */
export function dynamoClient(
  endpoint: string | undefined,
  config: DynamoDBClientConfig = {},
): DynamoDBClient {
  return new DynamoDBClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: 3,
    requestHandler: DEADLINES,
    ...config,
  });
}
