import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { unroutedReply } from '#infra/faces.ts';
import { errorFields, type Log } from '#operation/runtime/log.ts';
import { readBody } from './body.ts';
import { eventOf } from './event.ts';
import { invoke } from './functions.ts';
import { sendBody, sendMessage, sendResult } from './reply.ts';
import type { Match, Router } from './router.ts';
import type { Suggest } from './suggestions.ts';

/**
 * Answers requests like an HTTP API in front of the functions; who asks for what is no route is
 * told what may have been meant.
 */
export function gateway(router: Router, log: Log, suggest: Suggest = () => null): RequestListener {
  return (request, response) => {
    answer(router, log, suggest, request, response).catch((error) => {
      if (!(error instanceof URIError)) log('error', 'failed', errorFields(error));
      if (response.headersSent) response.destroy();
      else if (error instanceof URIError) sendMessage(response, 400, 'Bad Request');
      else sendMessage(response, 500, 'Internal Server Error');
    });
  };
}

async function answer(
  router: Router,
  log: Log,
  suggest: Suggest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, query } = split(request.url ?? '/');
  const { method = 'GET' } = request;
  const requestId = randomUUID();
  const match = router.find(method, path);
  if (match === null) {
    const methods = router.methodsOf(path);
    const meant = suggest(method, path);
    sendBody(response, unroutedReply({ method, path, requestId, methods, meant }));
    return;
  }
  const body = await readBody(request);
  if (body === 'too_large') {
    // More may be on its way, so the connection cannot be used again.
    response.shouldKeepAlive = false;
    sendMessage(response, 413, 'Request Entity Too Large');
    return;
  }
  if (body === 'aborted') return;
  const event = eventOf(request, path, query, body, match, requestId);
  sendResult(response, await invokeSafely(match, event, requestId, log), requestId);
}

/** A function that throws is answered as API Gateway does, and the reason stays in the log. */
async function invokeSafely(match: Match, event: object, requestId: string, log: Log) {
  try {
    return await invoke(match.operation, event, requestId);
  } catch (error) {
    log('error', 'failed', { function: match.operation.declaration.name, ...errorFields(error) });
    const body = JSON.stringify({ message: 'Internal Server Error' });
    return { statusCode: 500, headers: { 'content-type': 'application/json' }, body };
  }
}

function split(url: string): { path: string; query: string } {
  const mark = url.indexOf('?');
  return mark === -1
    ? { path: url, query: '' }
    : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}
