import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { withoutLikelyCardNumbers } from '#ledger/cards/card-numbers.ts';
import type { Settings } from '#operation/runtime/settings.ts';

/** How requests are told of: to people, or to programs. */
export type LogFormat = 'text' | 'json';

/** What is told of a request: nothing that could be a secret. */
export interface Told {
  time: string;
  level: 'info' | 'warn' | 'error';
  event: 'answered';
  method: string;
  path: string;
  status: number;
  durationMs: number;
  /** What an answer says is wrong. */
  reason?: string;
  requestId?: string;
}

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

/** Has a line written for each request that is answered, also of what nothing answers to. */
export function logged(
  listener: RequestListener,
  format: LogFormat,
  least: Settings['LOG_LEVEL'],
  write: (line: string) => void = (line) => process.stdout.write(line),
): RequestListener {
  if (least === 'silent') return listener;
  return (request, response) => {
    const startedMs = performance.now();
    const answer = watch(response);
    response.once('close', () => {
      const told = toldOf(request, response, answer, performance.now() - startedMs);
      const isWanted = LEVELS.indexOf(told.level) >= LEVELS.indexOf(least);
      if (!isWanted || isPoll(told)) return;
      write(`${format === 'json' ? JSON.stringify(told) : lineOf(told)}\n`);
    });
    listener(request, response);
  };
}

/** The home page asks all the time: only what goes wrong with that is worth a line. */
function isPoll({ path, status }: Told): boolean {
  return path === '/home/live.json' && status < 400;
}

interface Answer {
  requestId: string | null;
  body: string;
}

/** Remembers what a response is given, which it does not keep itself. */
function watch(response: ServerResponse): Answer {
  const answer: Answer = { requestId: null, body: '' };
  const { writeHead, end } = response;
  response.writeHead = (...given: unknown[]) => {
    const headers = given.at(-1);
    if (typeof headers === 'object' && headers !== null && 'apigw-requestid' in headers) {
      answer.requestId = String(headers['apigw-requestid']);
    }
    return Reflect.apply(writeHead, response, given);
  };
  response.end = (...given: unknown[]) => {
    if (response.statusCode >= 400 && typeof given[0] === 'string') answer.body = given[0];
    return Reflect.apply(end, response, given);
  };
  return answer;
}

function toldOf(
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, body }: Answer,
  durationMs: number,
): Told {
  const status = response.headersSent ? response.statusCode : UNANSWERED;
  const reason = response.writableFinished ? reasonIn(body) : interruptionOf(request);
  return {
    time: new Date().toISOString(),
    level: status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info',
    event: 'answered',
    method: request.method ?? 'GET',
    path: shownPath(request.url ?? '/'),
    status,
    durationMs: Math.round(durationMs * 10) / 10,
    ...(reason === null ? {} : { reason }),
    ...(requestId === null ? {} : { requestId }),
  };
}

/** What proxies write of a connection that ended before the answer. */
const UNANSWERED = 499;

function interruptionOf({ complete }: IncomingMessage): string {
  return complete ? 'the client did not wait' : 'the request did not come to its end';
}

const MAX_TEXT = 300;

/**
 * A path without its query, which can hold anything, and without the ends of the tokens in it: with
 * their beginnings an order is found, with the whole it could be paid.
 */
function shownPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  const segments = withoutLikelyCardNumbers(path).split('/');
  const shown = segments.map((one) => (one.length > 36 ? `${one.slice(0, 24)}…` : one));
  return shown.join('/').slice(0, MAX_TEXT);
}

/** What an answer of either face, or of the gateway, says is wrong. */
function reasonIn(body: string): string | null {
  if (body === '') return null;
  try {
    const { details, message, error } = JSON.parse(body) as Record<string, unknown>;
    const reason = details ?? message ?? error ?? null;
    if (reason === null) return null;
    const text = typeof reason === 'string' ? reason : JSON.stringify(reason);
    return withoutLikelyCardNumbers(text).replace(/\s+/g, ' ').slice(0, MAX_TEXT);
  } catch {
    return null;
  }
}

/** `15:51:02 POST /v1/sandbox/payment 400 12.1 ms: what is wrong (request 5f2c…)` */
function lineOf({ time, method, path, status, durationMs, reason, requestId }: Told): string {
  const clock = new Date(time).toLocaleTimeString('en-GB');
  const why = reason === undefined ? '' : `: ${reason}`;
  const which = requestId === undefined ? '' : ` (request ${requestId})`;
  return `${clock} ${method} ${path} ${status} ${durationMs} ms${why}${which}`;
}
