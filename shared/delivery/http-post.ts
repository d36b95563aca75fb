import type { IncomingMessage } from 'node:http';
import { isForbiddenLiteral, publicLookup } from './address-guard.ts';
import { type DeliveryError, deliveryErrorOf } from './delivery-error.ts';

export interface PostOptions {
  /** For everything: name resolution, connection, the answer's head and its body. */
  timeoutMs: number;
  /** Whether addresses outside of the public internet may be reached. */
  allowPrivate: boolean;
}

/** What came of a post: a status, or an error when there was no answer. */
export type PostResult = (
  | { status: number; error: null }
  | { status: null; error: DeliveryError }
) & { durationMs: number };

const MAX_URL_CHARACTERS = 2048;

/** How much of an answer's body is read, to let the server finish, before it is cut off. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Posts a JSON text to a URL that a stranger chose (contract B.2, B.3). It never throws, follows no
 * redirect, keeps no connection and tells nothing of the answer but its status; a body that does
 * not end in time does not take the status back.
 */
export async function postJson(
  url: string,
  body: string,
  options: PostOptions,
): Promise<PostResult> {
  const startedAt = performance.now();
  const outcome = await post(url, body, options);
  const durationMs = Math.round(performance.now() - startedAt);
  return typeof outcome === 'number'
    ? { status: outcome, error: null, durationMs }
    : { status: null, error: outcome, durationMs };
}

async function post(
  url: string,
  body: string,
  options: PostOptions,
): Promise<number | DeliveryError> {
  const target = parseTarget(url);
  if (target === null) return 'invalid_url';
  if (!options.allowPrivate && isForbiddenLiteral(target.hostname)) return 'address_not_allowed';
  return send(target, body, options);
}

function parseTarget(url: string): URL | null {
  const target = url.length > MAX_URL_CHARACTERS ? null : URL.parse(url);
  if (target === null || !/^https?:$/.test(target.protocol)) return null;
  return target.username === '' && target.password === '' ? target : null;
}

async function send(
  target: URL,
  body: string,
  options: PostOptions,
): Promise<number | DeliveryError> {
  // Loaded with the first post: a function starts a third slower with them.
  const client = await (target.protocol === 'https:' ? import('node:https') : import('node:http'));
  const { promise, resolve } = Promise.withResolvers<number | DeliveryError>();
  const request = client.request(target, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'Pasarela/1' },
    agent: false,
    ...(options.allowPrivate ? {} : { lookup: publicLookup }),
  });
  let status: number | null = null;
  const finish = (error: DeliveryError) => {
    clearTimeout(deadline);
    resolve(status ?? error);
    request.destroy();
  };
  const deadline = setTimeout(finish, options.timeoutMs, 'timeout');
  request.on('response', (response) => {
    status = response.statusCode ?? null;
    discard(response, () => finish('invalid_response'));
  });
  request.on('error', (error) => finish(deliveryErrorOf(error)));
  request.on('close', () => finish('connection_reset'));
  request.end(body);
  return promise;
}

/** Reads an answer's body to nowhere, up to a limit. */
function discard(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) done();
  });
  response.on('end', done);
}
