import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { HttpRequest } from '@smithy/core/transport';
import { noteUnclear } from './commit-failures.ts';
import { withoutRequestTokens } from './request-tokens.ts';

/** Timeouts of each attempt; without `throwOnRequestTimeout` the SDK would only log a warning. */
const DEADLINES = {
  connectionTimeout: 1000,
  requestTimeout: 3000,
  socketTimeout: 3000,
  throwOnRequestTimeout: true,
};

const MAX_ATTEMPTS = 3;

/**
 * Every call is over by then of itself: each of its attempts waits so long for an answer to begin
 * and as long for the rest of it, and the pauses between them are short.
 */
const LONGEST_CALL_MS = MAX_ATTEMPTS * (DEADLINES.requestTimeout + DEADLINES.socketTimeout) + 2000;

/**
 * What ends a call when so much time is over; nothing where it ends earlier of itself. The SDK
 * prepares a call with options anew each time, which is a tenth of its work.
 */
export function endingIn(ms: number): { abortSignal: AbortSignal } | undefined {
  if (ms > LONGEST_CALL_MS) return undefined;
  return { abortSignal: AbortSignal.timeout(Math.max(0, Math.ceil(ms))) };
}

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
    ...(isLocal ? { signer: withoutSignature(), endpointProvider: always(endpoint) } : {}),
    maxAttempts: MAX_ATTEMPTS,
    // Its middleware is put together once for each kind of command, and not for each call.
    cacheMiddleware: true,
    requestHandler: DEADLINES,
    ...config,
  });
  // It copies every input and output for a logger, of which there is none.
  client.middlewareStack.remove('loggerMiddleware');
  noteUnclear(client);
  withoutRequestTokens(client);
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
function withoutSignature() {
  const { AWS_ACCESS_KEY_ID = 'local', AWS_REGION = 'local' } = process.env;
  const scope = `${AWS_ACCESS_KEY_ID}/20260101/${AWS_REGION}/dynamodb/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  return {
    async sign(request: HttpRequest): Promise<HttpRequest> {
      request.headers.authorization = authorization;
      request.headers['x-amz-date'] = '20260101T000000Z';
      return request;
    },
  };
}

function isOnThisMachine(endpoint: string | undefined): boolean {
  const host = endpoint === undefined ? null : URL.parse(endpoint)?.hostname;
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}
