import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendMessage } from './reply.ts';

/** A listening HTTP server whose answers can be exchanged. */
export interface LocalServer {
  url: string;
  /** Until the first listener is set, the answer is 503. */
  serve(listener: RequestListener): void;
  /** Stops listening, and lets requests in flight finish. */
  stop(): Promise<void>;
}

/** Requests in flight get so long to finish when the server stops. */
const DRAIN_MS = 10_000;

/**
 * Listens on a port (0 for any free one).
 * @throws in plain words when the port is taken or not allowed
 */
export async function listen(host: string, port: number): Promise<LocalServer> {
  let listener: RequestListener = (_request, response) => {
    response.setHeader('retry-after', '1');
    sendMessage(response, 503, 'Service Unavailable');
  };
  const inFlight = new Set<ServerResponse>();
  const server = createServer(
    {
      // A client that sends slowly must not hold a connection for ever.
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 2000,
    },
    (request, response) => {
      inFlight.add(response);
      response.once('close', () => inFlight.delete(response));
      listener(request, response);
    },
  );
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new Error(listenProblem(error, host, port));
  });
  return {
    url: urlOf(host, (server.address() as AddressInfo).port),
    serve(next) {
      listener = next;
    },
    stop: () => drain(server, inFlight),
  };
}

async function drain(server: Server, inFlight: ReadonlySet<ServerResponse>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const deadline = Date.now() + DRAIN_MS;
  while (Date.now() < deadline) {
    // Who is told so sends no further request down a connection that is about to close.
    for (const response of inFlight) response.shouldKeepAlive = false;
    server.closeIdleConnections();
    if (await Promise.race([closed.then(() => true), sleep(20, false)])) return;
  }
  server.closeAllConnections();
  await closed;
}

/** An address that clients on this machine can use, also when all interfaces are listened on. */
function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' || host === '' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is already in use: stop what listens there or set PORT`;
    case 'EACCES':
      return `Port ${port} of ${host} needs more rights: set PORT to one above 1023`;
    default:
      return `Cannot listen on ${host}, port ${port}: ${error.message}`;
  }
}
