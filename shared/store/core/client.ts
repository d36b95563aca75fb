import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * A DynamoDB client with deadlines: a call that hangs must not eat the time of a payment. The SDK
 * repeats safe failures itself, transactions with the same client token.
 */
export function dynamoClient(
  endpoint: string | undefined,
  config: DynamoDBClientConfig = {},
): DynamoDBClient {
  return new DynamoDBClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 },
    ...config,
  });
}
