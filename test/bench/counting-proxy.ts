import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { dynamoClient } from '#store/core/client.ts';
import { imagesOf, unitsOf, type Written, writtenBy } from './write-units.ts';

/** Stands between the functions and the engine and counts what goes through. */
export interface CountingProxy {
  url: string;
  /** What was counted since the last call. */
  take(): Counts;
  stop(): void;
}

export interface Counts {
  /** Calls by operation, such as `TransactWriteItems`. */
  calls: Record<string, number>;
  readUnits: number;
  writeUnits: number;
  /** The items of each request that wrote. */
  written: string[][];
}

/**
 * Starts a proxy that asks the engine for the read capacity of every call, and counts what is
 * written by the rules of AWS, which are not those of the engine.
 */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  let counts = noCounts();
  const client = dynamoClient(target);
  const server = createServer(async (incoming, reply) => {
    const request = await text(incoming);
    const operation = operationOf(incoming);
    const written = writtenBy(operation, request);
    const before = await imagesOf(client, written);
    const asked = { ...JSON.parse(request), ReturnConsumedCapacity: 'TOTAL' };
    const answer = await forward(target, incoming, asked);
    const after = await imagesOf(client, written);
    count(counts, operation, answer.body);
    counts.writeUnits += unitsOf(written, before, after);
    if (written.writes.length > 0) counts.written.push(namesOf(written));
    reply.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    reply.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take() {
      const taken = counts;
      counts = noCounts();
      return taken;
    },
    stop() {
      server.close();
      client.destroy();
    },
  };
}

function noCounts(): Counts {
  return { calls: {}, readUnits: 0, writeUnits: 0, written: [] };
}

function operationOf(incoming: IncomingMessage): string {
  return String(incoming.headers['x-amz-target']).split('.')[1] ?? 'unknown';
}

function count(counts: Counts, operation: string, body: string): void {
  counts.calls[operation] = (counts.calls[operation] ?? 0) + 1;
  const { ConsumedCapacity } = JSON.parse(body);
  for (const consumed of [ConsumedCapacity ?? []].flat()) {
    const isWrite = /Put|Update|Delete|Write/.test(operation);
    if (!isWrite) counts.readUnits += consumed.CapacityUnits;
  }
}

function forward(
  target: string,
  incoming: IncomingMessage,
  body: object,
): Promise<{ status: number; body: string }> {
  const content = JSON.stringify(body);
  const { 'content-length': _length, host: _host, ...headers } = incoming.headers;
  return new Promise((resolve, reject) => {
    const call = request(target, { method: 'POST', headers }, async (reply) => {
      resolve({ status: reply.statusCode ?? 502, body: await text(reply) });
    });
    call.on('error', reject).end(content);
  });
}

function namesOf({ writes }: Written): string[] {
  return writes.map(
    ({ write: { Item, Key } }) => `${(Item ?? Key)?.pk?.S} ${(Item ?? Key)?.sk?.S}`,
  );
}
