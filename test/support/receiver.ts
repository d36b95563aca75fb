import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { OrderBody } from './client.ts';

/** A notification as it arrived. */
export interface Received {
  /** The path it was sent to. */
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  order: OrderBody;
}

/** A merchant's endpoint for notifications: a real HTTP server. */
export interface Receiver {
  /** The URL of a path below it. */
  at(path: string): string;
  received(path: string): Received[];
  /** Answers a path with these statuses, one after the other, then with 200. */
  answer(path: string, ...statuses: number[]): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const all: Received[] = [];
  const answers = new Map<string, number[]>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const body = await text(request).catch(() => null);
    if (body === null) return;
    const parsed = body === '' ? null : JSON.parse(body);
    all.push({ path, headers: request.headers, text: body, order: parsed?.order });
    const status = answers.get(path)?.shift() ?? 200;
    response.writeHead(status, status === 302 ? { location: '/redirected' } : {}).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    at: (path) => `http://127.0.0.1:${port}${path}`,
    received: (path) => all.filter((one) => one.path === path),
    answer: (path, ...statuses) => {
      answers.set(path, statuses);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
