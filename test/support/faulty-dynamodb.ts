import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Engine, startEngine } from '#infra/local/engine.ts';

/**
 * What becomes of a transaction: DynamoDB cancels it because another one touches the same items;
 * it is written, and the answer is lost on the way; it is written, and DynamoDB says that it is
 * still at it, or that it has failed; it is not heard of again; it is cut off, and arrives when
 * the test says so.
 */
export type DynamoFault =
  | 'none'
  | 'conflict'
  | 'answer_lost'
  | 'in_progress'
  | 'failed_after'
  | 'hangs'
  | 'arrives_later';

type FaultOf = (body: string) => DynamoFault | Promise<DynamoFault>;

/** A DynamoDB engine in memory, behind a proxy that makes transactions fail as AWS does. */
export interface FaultyDynamo {
  endpoint: string;
  /** Of the engine itself: for what is to go well, at half the cost. */
  engine: string;
  /** By how much the engine's clock is ahead, where it refuses something by itself. */
  aheadMs: number;
  /** Says what becomes of each transaction, given its items as sent. */
  onTransaction(fault: FaultOf): void;
  /** From now on all goes well. */
  calm(): void;
  /** Where to call now: the engine itself while all goes well, at half the cost. */
  route(): string;
  /** Has arrive what was held back; the result is how often that was written. */
  deliver(): Promise<number>;
  stop(): Promise<void>;
}

export async function startFaultyDynamo(): Promise<FaultyDynamo> {
  const engine = await startEngine(null);
  let faultOf: FaultOf | null = null;
  const heldBack: (() => Promise<boolean>)[] = [];
  const clock = { aheadMs: 0 };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const operation = request.headers['x-amz-target']?.toString().split('.')[1] ?? '';
    const isWrite = WRITES.includes(operation);
    const fault = isWrite && faultOf !== null ? await faultOf(body.toString()) : 'none';
    if (fault === 'hangs') return;
    if (fault === 'arrives_later') {
      heldBack.push(() => isWritten(engine, request, body));
      response.destroy();
      return;
    }
    response.setHeader('date', new Date(Date.now() + clock.aheadMs).toUTCString());
    if (fault === 'conflict') answerConflict(response, body.toString());
    else forward(engine, request, body, response, fault);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(clock, {
    endpoint,
    engine: engine.endpoint,
    onTransaction(fault: FaultOf) {
      faultOf = fault;
    },
    calm() {
      faultOf = null;
    },
    route: () => (faultOf === null ? engine.endpoint : endpoint),
    async deliver() {
      const written = await Promise.all(heldBack.splice(0).map((arrive) => arrive()));
      return written.filter(Boolean).length;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await engine.stop();
    },
  });
}

/** What is written alone is a transaction of one item. */
const WRITES = ['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem'];

/** As AWS answers when the first item of a transaction is in another one. */
function answerConflict(response: ServerResponse, body: string): void {
  const items: unknown[] | undefined = JSON.parse(body).TransactItems;
  if (items === undefined) {
    const __type = 'com.amazonaws.dynamodb.v20120810#TransactionConflictException';
    const answer = { __type, message: 'Transaction is ongoing for the item' };
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
    return;
  }
  const CancellationReasons = items.map((_, index) => ({
    Code: index === 0 ? 'TransactionConflict' : 'None',
  }));
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(
    JSON.stringify({
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
      CancellationReasons,
    }),
  );
}

/** Says something else than what became of a transaction. */
function answerWrongly(response: ServerResponse, fault: DynamoFault): void {
  if (fault === 'answer_lost') {
    response.destroy();
    return;
  }
  const [status, name] =
    fault === 'in_progress'
      ? [400, 'com.amazonaws.dynamodb.v20120810#TransactionInProgressException']
      : [500, 'com.amazonaws.dynamodb.v20120810#InternalServerError'];
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ __type: name, Message: 'Not what happened' }));
}

function forward(
  engine: Engine,
  { method, headers, url }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  fault: Exclude<DynamoFault, 'conflict' | 'hangs' | 'arrives_later'>,
): void {
  const call = httpRequest(engine.endpoint + url, { method, headers }, (reply) => {
    if (fault !== 'none') {
      reply.resume().on('end', () => answerWrongly(response, fault));
      return;
    }
    response.writeHead(reply.statusCode ?? 500, reply.headers);
    reply.pipe(response);
  });
  call.on('error', () => response.destroy()).end(body);
}

function isWritten(
  engine: Engine,
  { method, headers, url }: IncomingMessage,
  body: Buffer,
): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const call = httpRequest(engine.endpoint + url, { method, headers }, (reply) => {
    reply.resume().on('end', () => resolve(reply.statusCode === 200));
  });
  call.on('error', reject).end(body);
  return promise;
}
