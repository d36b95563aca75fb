import {
  type DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamoClient } from '#store/core/client.ts';
import { cancelled, type Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/values.ts';
import type { EngineFault } from './faults.ts';
import type { Instance } from './instance.ts';
import type { World } from './world.ts';

/** So late a call may still arrive whose connection was cut, and that the SDK has sent again. */
const LATEST_MS = 20_000;

/** The longest that a connection is waited on, unless the client says otherwise. */
const TIMEOUT_MS = 3000;

interface HttpRequest {
  headers: Record<string, string>;
  body: unknown;
}

interface HttpReply {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

type Handler = Extract<DynamoDBClientConfig['requestHandler'], { handle: unknown }>;

/**
 * What an instance reaches DynamoDB by: the place of the SDK's HTTP handler. Everything above it
 * is the SDK itself, its retries, its tokens and its deadlines.
 */
export function dynamoEndpoint(world: World, engine: Engine, instance: Instance): Handler {
  const handle = (request: HttpRequest, options: HandlerOptions = {}) =>
    new Promise<{ response: HttpReply }>((resolve, reject) => {
      const call = new Call(world, engine, instance, request);
      const giveUp = (error: Error) => world.time.actors.run(instance, () => reject(error));
      const timeout = world.time.after(options.requestTimeout ?? TIMEOUT_MS, () =>
        giveUp(named('TimeoutError', `No answer within ${TIMEOUT_MS} ms`)),
      );
      const { abortSignal } = options;
      const abort = () => giveUp(named('AbortError', 'Request aborted'));
      if (abortSignal?.aborted === true) abort();
      abortSignal?.addEventListener?.('abort', abort, { once: true });
      call.send(
        (response) => {
          timeout.cancel();
          resolve({ response });
        },
        (error) => {
          timeout.cancel();
          reject(error);
        },
      );
    });
  return { ...SHAPE, handle } as unknown as Handler;
}

/** The rest of an HTTP handler. */
const SHAPE = {
  metadata: { handlerProtocol: 'http/1.1' },
  updateHttpClientConfig() {},
  httpHandlerConfigs: () => ({}),
  destroy() {},
};

interface HandlerOptions {
  requestTimeout?: number;
  abortSignal?: AbortSignal;
}

/** What a client is configured with, whoever answers it. */
const CLIENT_CONFIG: DynamoDBClientConfig = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
  endpoint: 'http://dynamodb',
  endpointProvider: () => ({ url: new URL('http://dynamodb') }),
  // Signing takes longer than the engine, which looks at no signature.
  signer: { sign: async (request) => request },
};

/** What takes time in every call and changes nothing of what becomes of it. */
const IDLE_MIDDLEWARE = [
  'loggerMiddleware',
  'getUserAgentMiddleware',
  'recursionDetectionMiddleware',
];

/** A client of the functions that talks to the simulated engine. */
export function simulatedClient(requestHandler: Handler): DynamoDBClient {
  const client = dynamoClient(undefined, { ...CLIENT_CONFIG, requestHandler });
  for (const name of IDLE_MIDDLEWARE) client.middlewareStack.remove(name);
  // The SDK copies it in every call. V8 makes what is a prototype fast to copy.
  Object.setPrototypeOf({}, client.config);
  return client;
}

/** Has the SDK do what it does only once in a process. */
export async function firstUseOfSdk(): Promise<void> {
  const handle = async () => ({ response: replyOf(200, {}) });
  const client = simulatedClient({ ...SHAPE, handle } as unknown as Handler);
  await client.send(new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: '1' } } }));
}

/** One HTTP request on its way to the engine and back. */
class Call {
  readonly #world: World;
  readonly #engine: Engine;
  readonly #instance: Instance;
  readonly #operation: string;
  readonly #input: Record<string, unknown>;
  readonly #fault: EngineFault | null;

  constructor(world: World, engine: Engine, instance: Instance, request: HttpRequest) {
    this.#world = world;
    this.#engine = engine;
    this.#instance = instance;
    this.#operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
    this.#input = JSON.parse(new TextDecoder().decode(request.body as Uint8Array));
    this.#fault = world.faults.ofEngine();
  }

  send(answer: (reply: HttpReply) => void, fail: (error: Error) => void): void {
    const { time, latency } = this.#world;
    const fault = this.#fault;
    // Leaving is a step too: an instance may die before anything has gone out.
    this.#instance.take(() => {
      if (fault !== null) this.#note(fault);
      if (fault === 'hangs_before') return;
      const slowMs = fault === 'slow' ? latency.between(50, 5000) : 0;
      const lateMs = fault === 'arrives_late' ? latency.between(500, LATEST_MS) : 0;
      const outMs = latency.between(0.5, 4) + slowMs + lateMs;
      const backMs = latency.between(0.5, 4);
      const cut = () => this.#back(() => fail(cutOff()));
      if (fault === 'cut_during') time.always(outMs + backMs, cut);
      if (fault === 'arrives_late') time.always(backMs, cut);
      time.always(outMs, async () => {
        const reply = await this.#execute();
        if (UNHEARD.includes(fault)) return;
        const isCut = fault === 'cut_before' || fault === 'cut_after';
        time.always(backMs, isCut ? cut : () => this.#back(() => answer(reply)));
      });
    });
  }

  /** What happens to the instance when it hears of the call again. */
  #back(go: () => void): void {
    this.#instance.take(() => this.#world.time.actors.run(this.#instance, go));
  }

  /** Runs the operation unless its fault keeps it from being run. */
  async #execute(): Promise<HttpReply> {
    switch (this.#fault) {
      case 'cut_before':
      case 'error_before':
        return INTERNAL_ERROR;
      case 'throttled':
        return refusal(
          new EngineError('ProvisionedThroughputExceededException', 'Throughput exceeded'),
        );
      case 'conflict':
        return this.#conflict();
      default: {
        const reply = await this.#run();
        return this.#fault === 'error_after' ? INTERNAL_ERROR : reply;
      }
    }
  }

  async #run(): Promise<HttpReply> {
    try {
      // Cut off in its midst, a transaction goes on for longer than the SDK waits to ask again.
      const holdMs = this.#fault === 'cut_during' ? this.#world.latency.between(1, 900) : undefined;
      return replyOf(200, await this.#engine.run(this.#operation, this.#input, holdMs));
    } catch (error) {
      if (!(error instanceof EngineError)) {
        this.#world.fail(`the engine failed: ${(error as Error).stack}`);
        return INTERNAL_ERROR;
      }
      if (error.type === 'ValidationException') {
        this.#world.fail(`${this.#operation} is not valid: ${error.message}`);
      }
      this.#note(error.message);
      return refusal(error);
    }
  }

  /** Somebody else's transaction holds an item at this moment. */
  #conflict(): Promise<HttpReply> | HttpReply {
    if (this.#operation !== 'TransactWriteItems') return this.#run();
    const count = (this.#input.TransactItems as unknown[]).length;
    const at = this.#world.latency.int(0, count - 1);
    const reasons = Array.from({ length: count }, (_, index) => ({
      Code: index === at ? 'TransactionConflict' : 'None',
    }));
    return refusal(cancelled(reasons));
  }

  #note(what: string): void {
    this.#world.history.add(this.#instance.name, `${this.#operation}: ${what}`);
  }
}

/** Nobody listens any more when what was asked for is done. */
const UNHEARD: readonly (EngineFault | null)[] = ['hangs_after', 'cut_during', 'arrives_late'];

const INTERNAL_ERROR = replyOf(500, {
  __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
  message: 'Internal server error',
});

function refusal({ type, message, fields }: EngineError): HttpReply {
  const prefix = 'com.amazonaws.dynamodb.v20120810#';
  return replyOf(400, { __type: prefix + type, message, Message: message, ...fields });
}

function replyOf(statusCode: number, body: object): HttpReply {
  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify(body)),
  };
}

function cutOff(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
