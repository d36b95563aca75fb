import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RpcProtocol } from '@smithy/core/protocols';
import { retryMiddleware } from '@smithy/core/retry';
import type { HttpRequest, HttpResponse } from '@smithy/core/transport';
import { unsigned } from '#store/core/client.ts';

/** Looks at a call before it is made; throws when it must not be. */
export type Look = (operation: string, input: object) => void;

/** What is looked at of a command of the SDK. */
type Call = Parameters<DynamoDBClient['send']>[0];
type Options = { abortSignal?: AbortSignal };
type Operation = Parameters<RpcProtocol['serializeRequest']>[0];

/**
 * Has a client call an engine on this machine without the SDK's own middleware, which is half the
 * work of a call: where the engine is and who asks is found out once. What decides about the
 * outcome stays the SDK's: how calls are written and read, connections, deadlines, errors, retries.
 */
export function callDirectly(client: DynamoDBClient, look: Look): void {
  const { config } = client;
  const protocol = config.protocol as unknown as RpcProtocol;
  const retry = retryMiddleware(config);
  const place = config.endpoint?.();
  const context = { ...config, endpoint: async () => await place } as never;
  protocol.setSerdeContext(config);
  const attempt = async (operation: Operation, request: HttpRequest, options: Options) => {
    const { response } = await config.requestHandler.handle(request, options);
    try {
      const output = await protocol.deserializeResponse(operation, context, response);
      return { response, output };
    } catch (error) {
      throw answered(error, response);
    }
  };
  const send = async (call: Call, options: Options = {}): Promise<unknown> => {
    const operation = operationOf(call);
    look(operation.name, call.input);
    const request = await protocol.serializeRequest(operation, call.input, context);
    const own = { input: call.input, request: unsigned(request as HttpRequest) };
    const sent = retry(({ request }) => attempt(operation, request as HttpRequest, options), {
      __smithy_context: { ...options },
    });
    // What a command brings along is honoured.
    const { output } = await call.middlewareStack.resolve(sent as never, {})(own);
    return output;
  };
  client.send = send as DynamoDBClient['send'];
}

function operationOf({ schema }: Call): Operation {
  if (!Array.isArray(schema)) throw new Error('The command has no schema');
  const [, namespace, name, traits, input, output] = schema;
  return { namespace, name, traits, input, output };
}

/** An error that tells, as the SDK's do, that there was an answer, readable or not. */
function answered(error: unknown, response: HttpResponse): unknown {
  if (!(error instanceof Error)) return error;
  Object.defineProperty(error, '$response', { value: response, configurable: true });
  if (!('$metadata' in error)) {
    return Object.assign(error, { $metadata: { httpStatusCode: response.statusCode } });
  }
  return error;
}
