import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const DYNAMODB_ENDPOINT = join(import.meta.dirname, 'dynamodb-endpoint.ts');

/** Parts of the SDK that never run on Lambda, with what stands in for them. */
const NEVER_RUN: readonly { file: RegExp; instead: string }[] = [
  // Node has it itself.
  { file: /\/sha256\/Sha256Js\.js$/, instead: 'export const Sha256Js = undefined;' },
  // Only the rules of endpoints ask for partitions: see `dynamodb-endpoint.ts`.
  {
    file: /\/util-endpoints\/lib\/aws\/partitions\.js$/,
    instead: 'export const partitionsInfo = { partitions: [], version: "1.1" };',
  },
  // What endpoint discovery asks: see `no-endpoint-discovery.ts`.
  {
    file: /\/commands\/DescribeEndpointsCommand\.js$/,
    instead: 'export const DescribeEndpointsCommand = undefined;',
  },
  // Lambda says the region in the environment, and has no metadata service.
  {
    file: /\/regionConfig\/getInstanceMetadataRegion\.js$/,
    instead: 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  // Functions have no files of profiles: looking for them only takes time.
  {
    file: /\/shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    instead: `export const CONFIG_PREFIX_SEPARATOR = '.';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  // Bodies are texts; what could be a file would bring all that Node has for files.
  {
    file: /\/util-body-length\/calculateBodyLength\.js$/,
    instead: 'export { calculateBodyLength } from "./calculateBodyLength.browser";',
  },
  // Only what is signed for an event stream has such headers.
  {
    file: /\/signature-v4\/dist-es\/HeaderFormatter\.js$/,
    instead: 'export class HeaderFormatter {}',
  },
  // What browsers say of themselves.
  {
    file: /\/util-user-agent-browser\/createUserAgentStringParsingProvider\.js$/,
    instead: 'export const createUserAgentStringParsingProvider = undefined;',
  },
  // What instances that serve several requests at a time need: Lambda names the trace of the one
  // request of others in the environment, where the client finds it.
  {
    file: /\/lambda-invoke-store\/.*\/invoke-store\.js$/,
    instead: 'export const InvokeStore = { getInstanceAsync: async () => undefined };',
  },
  // `dynamoClient` takes it out.
  {
    file: /\/middleware-logger\/loggerMiddleware\.js$/,
    instead: `export const loggerMiddleware = undefined, loggerMiddlewareOptions = undefined;
      export const getLoggerPlugin = () => ({ applyToStack() {} });`,
  },
  {
    file: /\/util-retry\/AdaptiveRetryStrategy\.js$/,
    instead: `export class AdaptiveRetryStrategy {
      constructor() {
        throw new Error('AWS_RETRY_MODE cannot be adaptive here');
      }
    }`,
  },
];

/**
 * What reading and writing items may answer. The client registers the errors of all of DynamoDB's
 * operations when it is loaded; one that is not registered has its name still.
 */
const ERRORS_OF_ITEMS = new Set([
  'DynamoDBServiceException',
  'ConditionalCheckFailedException',
  'IdempotentParameterMismatchException',
  'InternalServerError',
  'InvalidEndpointException',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'ResourceNotFoundException',
  'ThrottlingException',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** The schema of an error, and what registers it. */
const REGISTERED = /^export var \w+\$ = \[[^;]*;\n\w+\.registerError\(\w+\$, (\w+)\);$/gm;

const EVENT_STREAMS = 'await import("@smithy/core/event-streams")';

/** Takes out of the SDK what never runs on Lambda. */
export const SDK_PARTS: Plugin = {
  name: 'sdk-parts',
  setup({ onLoad }) {
    onLoad({ filter: /client-dynamodb\/dist-es\/endpoint\/endpointResolver\.js$/ }, async () => ({
      contents: await readFile(DYNAMODB_ENDPOINT, 'utf8'),
      loader: 'ts',
    }));
    onLoad({ filter: /client-dynamodb\/dist-es\/schemas\/schemas_0\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(REGISTERED, (all, error: string) =>
        ERRORS_OF_ITEMS.has(error) ? all : '',
      ),
    }));
    // What stands in for event streams is too small for a file of its own.
    onLoad({ filter: /\/submodules\/protocols\/HttpProtocol\.js$/ }, async ({ path }) => ({
      contents: `import * as eventStreams from '@smithy/core/event-streams';
        ${(await readFile(path, 'utf8')).replace(EVENT_STREAMS, 'eventStreams')}`,
    }));
    for (const { file, instead } of NEVER_RUN) {
      onLoad({ filter: file }, () => ({ contents: instead }));
    }
  },
};
