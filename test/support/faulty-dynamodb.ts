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
 * it is written, and the answer is lost on the way.
 */
export type DynamoFault = 'none' | 'conflict' | 'answer_lost';

/** A DynamoDB engine in memory, behind a proxy that makes transactions fail as AWS does. */
export interface FaultyDynamo {
  endpoint: string;
  /** Says what becomes of each transaction, given its items as sent. */
  onTransaction(fault: (body: string) => DynamoFault): void;
  stop(): Promise<void>;
}

export async function startFaultyDynamo(): Promise<FaultyDynamo> {
  const engine = await startEngine(null);
  let faultOf: (body: string) => DynamoFault = () => 'none';
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const isTransaction = request.headers['x-amz-target']
      ?.toString()
      .endsWith('TransactWriteItems');
    const fault = isTransaction ? faultOf(body.toString()) : 'none';
    if (fault === 'conflict') answerConflict(response, body.toString());
    else forward(engine, request, body, response, fault === 'answer_lost');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onTransaction(fault) {
      faultOf = fault;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await engine.stop();
    },
  };
}

/** As AWS answers when the first item of a transaction is in another one. */
function answerConflict(response: ServerResponse, body: string): void {
  const items: unknown[] = JSON.parse(body).TransactItems;
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

function forward(
  engine: Engine,
  { method, headers, url }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  loseAnswer: boolean,
): void {
  const call = httpRequest(engine.endpoint + url, { method, headers }, (reply) => {
    if (loseAnswer) {
      reply.resume().on('end', () => response.destroy());
      return;
    }
    response.writeHead(reply.statusCode ?? 500, reply.headers);
    reply.pipe(response);
  });
  call.on('error', () => response.destroy()).end(body);
}
