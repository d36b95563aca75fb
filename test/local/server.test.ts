import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { listen } from '#infra/local/server.ts';

test('a server that stops answers what it has begun, and tells clients to leave', async () => {
  const server = await listen('127.0.0.1', 0);
  const arrived = Promise.withResolvers<() => void>();
  server.serve((_request, response) => arrived.resolve(() => response.end('done')));
  const agent = new Agent({ keepAlive: true });
  const asked = once(get(server.url, { agent }), 'response') as Promise<[IncomingMessage]>;
  const answer = await arrived.promise;
  const stopped = server.stop();
  await expect(fetch(server.url)).rejects.toThrow();
  answer();
  const [response] = await asked;
  expect([response.statusCode, response.headers.connection]).toEqual([200, 'close']);
  response.resume();
  await stopped;
  agent.destroy();
});
