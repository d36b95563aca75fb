import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { HttpRequest } from '@smithy/core/transport';
import { noteUnclear } from './commit-failures.ts';

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
  const isLocal = isOnThisMachine(endpoint);
  const client = new DynamoDBClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(isLocal ? { signer: NO_SIGNATURE, endpointProvider: always(endpoint) } : {}),
    maxAttempts: 3,
    requestHandler: DEADLINES,
    ...config,
  });
  // It copies every input and output for a logger, of which there is none.
  client.middlewareStack.remove('loggerMiddleware');
  noteUnclear(client);
  if (isLocal) for (const name of ABOUT_THE_CALLER) client.middlewareStack.remove(name);
  // The SDK copies it several times in each call. V8 makes what is a prototype fast to copy.
  Object.setPrototypeOf({}, client.config);
  return client;
}

/** An engine that is named needs no rules by which AWS's regions are found. */
function always(endpoint: string | undefined) {
  const url = new URL(endpoint ?? '');
  return () => ({ url });
}

/** What the SDK tells AWS of itself with every call; an engine on this machine keeps no book. */
const ABOUT_THE_CALLER = ['getUserAgentMiddleware', 'recursionDetectionMiddleware'];

/**
 * An engine on this machine asks who calls, and looks at no signature, which would be a tenth of
 * the work of a request.
 */
const NO_SIGNATURE = {
  async sign(request: HttpRequest): Promise<HttpRequest> {
    const { AWS_ACCESS_KEY_ID = 'local', AWS_REGION = 'local' } = process.env;
    const scope = `${AWS_ACCESS_KEY_ID}/20260101/${AWS_REGION}/dynamodb/aws4_request`;
    request.headers.authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    request.headers['x-amz-date'] = '20260101T000000Z';
    return request;
  },
};

function isOnThisMachine(endpoint: string | undefined): boolean {
  const host = endpoint === undefined ? null : URL.parse(endpoint)?.hostname;
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}
