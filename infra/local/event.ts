import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Match } from './router.ts';

/**
 * The event that an HTTP API (payload format 2.0) makes of a request.
 * @throws URIError when the path or the query is not well-formed URL encoding
 */
export function eventOf(
  request: IncomingMessage,
  path: string,
  rawQueryString: string,
  body: Buffer | null,
  match: Match,
  requestId: string,
): APIGatewayProxyEventV2 {
  const { headers, cookies } = headersOf(request);
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: path,
    rawQueryString,
    headers,
    ...(cookies === null ? {} : { cookies }),
    ...(rawQueryString === '' ? {} : { queryStringParameters: queryOf(rawQueryString) }),
    ...(match.parameters.length === 0 ? {} : { pathParameters: parametersOf(match) }),
    requestContext: contextOf(request, path, match.routeKey, requestId),
    ...(body === null ? {} : { body: body.toString(isText(headers) ? 'utf8' : 'base64') }),
    isBase64Encoded: body !== null && !isText(headers),
  };
}

/** Headers of one name are joined with commas; cookies are a list of their own. */
function headersOf(request: IncomingMessage) {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = request.headers[name];
    if (value === undefined || name === 'cookie') continue;
    headers[name] = typeof value === 'string' ? value : value.join(',');
  }
  const cookies = request.headers.cookie?.split(/;\s*/) ?? null;
  return { headers, cookies };
}

function queryOf(text: string): Record<string, string> {
  // URLSearchParams lets broken encoding pass, this throws on it.
  if (text.includes('%')) decodeURIComponent(text);
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = Object.hasOwn(values, name) ? `${values[name]},` : '';
    setOwn(values, name, before + value);
  }
  return values;
}

function parametersOf(match: Match): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of match.parameters) values[name] = decodeURIComponent(value);
  return values;
}

/** A plain assignment to a name like `__proto__` would not add a property. */
function setOwn(target: Record<string, string>, name: string, value: string): void {
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function contextOf(
  request: IncomingMessage,
  path: string,
  routeKey: string,
  requestId: string,
): APIGatewayProxyEventV2['requestContext'] {
  const timeEpoch = Date.now();
  const clock = clockAt(timeEpoch);
  const host = request.headers.host ?? 'localhost';
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName: host,
    domainPrefix: host.split('.', 1)[0] ?? host,
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId,
    routeKey,
    stage: '$default',
    time: clock.text,
    timeEpoch,
  };
}

let lastClock = { second: 0, text: '' };

/** Writing a time takes longer than the rest of the event, so it is done once a second. */
function clockAt(timeMs: number): { text: string } {
  const second = Math.floor(timeMs / 1000);
  if (lastClock.second !== second) lastClock = { second, text: new Date(timeMs).toUTCString() };
  return lastClock;
}

/** API Gateway hands over anything but these as base64, forms included. */
const TEXT_TYPES = /^(text\/|application\/(json|javascript|xml|[\w.+-]+\+(json|xml))\b)/i;

function isText(headers: Record<string, string>): boolean {
  return TEXT_TYPES.test(headers['content-type'] ?? 'text/plain');
}
