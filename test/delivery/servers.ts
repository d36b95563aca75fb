import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';

const cleanups: (() => Promise<void>)[] = [];

/** Closes what a test opened; to be called after each. */
export async function closeServers(): Promise<void> {
  for (const cleanup of cleanups.splice(0)) await cleanup();
}

export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  return (server.address() as AddressInfo).port;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export const serve = async (handler: Handler) =>
  `http://127.0.0.1:${await listen(createServer(handler))}/`;

/** A server below HTTP. */
export const serveRaw = async (onData: (socket: Socket) => void) => {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => onData(socket));
  });
  return `http://127.0.0.1:${await listen(server)}/`;
};
