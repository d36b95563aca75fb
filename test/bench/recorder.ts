import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call of the engine as it was sent. */
export interface Recorded {
  target: string;
  /** The engine looks only whether there is a signature. */
  signature: { authorization: string; 'x-amz-date': string };
  body: string;
}

/** Stands between the functions and the engine and keeps what goes through. */
export interface Recorder {
  url: string;
  /** Forgets what was kept. */
  begin(): void;
  taken(): Recorded[];
  stop(): void;
}

/** Whether a call writes. */
export function isWrite({ target }: Recorded): boolean {
  return /\.(Put|Update|Delete|TransactWrite)Item/.test(target);
}

export async function startRecorder(engine: string): Promise<Recorder> {
  let calls: Recorded[] = [];
  const server = createServer(async (incoming, reply) => {
    const { headers } = incoming;
    const call = {
      target: String(headers['x-amz-target']),
      signature: {
        authorization: String(headers.authorization),
        'x-amz-date': String(headers['x-amz-date']),
      },
      body: await text(incoming),
    };
    calls.push(call);
    const answer = await send(engine, call);
    reply.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    reply.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    begin() {
      calls = [];
    },
    taken: () => calls,
    stop: () => server.close(),
  };
}

/** Makes a call again for another merchant, without its conditions, which are of the first one. */
export async function replay(
  engine: string,
  call: Recorded | undefined,
  merchant: string,
  other: string,
): Promise<void> {
  if (call === undefined) return;
  const input = JSON.parse(call.body.replaceAll(merchant, other));
  delete input.ClientRequestToken;
  if (input.TransactItems !== undefined) {
    input.TransactItems = input.TransactItems.filter(
      (one: { ConditionCheck?: unknown }) => one.ConditionCheck === undefined,
    );
    for (const { Put } of input.TransactItems) unconditional(Put);
  } else if (call.target.endsWith('.PutItem')) {
    unconditional(input);
  }
  const { status, body } = await send(engine, { ...call, body: JSON.stringify(input) });
  // A claim that is replayed finds nothing to claim.
  if (status >= 400 && !body.includes('ConditionalCheckFailed')) throw new Error(body);
}

function unconditional(put: Record<string, unknown> | undefined): void {
  if (put === undefined) return;
  delete put.ConditionExpression;
  delete put.ExpressionAttributeNames;
  delete put.ExpressionAttributeValues;
}

function send(engine: string, call: Recorded): Promise<{ status: number; body: string }> {
  const headers = {
    'x-amz-target': call.target,
    'content-type': 'application/x-amz-json-1.0',
    ...call.signature,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(engine, { method: 'POST', headers }, async (reply) => {
      resolve({ status: reply.statusCode ?? 502, body: await text(reply) });
    });
    outgoing.on('error', reject).end(call.body);
  });
}
