import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** Sends what a function returned, as API Gateway does. */
export function sendResult(response: ServerResponse, result: unknown, requestId: string): void {
  const {
    statusCode = 200,
    headers = {},
    cookies,
    body = '',
    isBase64Encoded,
  } = structured(result);
  // Text goes out in one piece with the headers, bytes in a second one.
  const content = isBase64Encoded === true ? Buffer.from(body, 'base64') : body;
  const all: OutgoingHttpHeaders = { 'content-type': 'text/plain' };
  for (const name in headers) all[name.toLowerCase()] = String(headers[name]);
  if (cookies !== undefined) all['set-cookie'] = cookies;
  all['apigw-requestid'] = requestId;
  all['content-length'] = Buffer.byteLength(content);
  response.writeHead(statusCode, all);
  response.end(content);
}

/** An answer of the gateway itself. */
interface OwnReply {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

/** Sends an answer of the gateway itself. */
export function sendMessage(response: ServerResponse, status: number, message: string): void {
  const headers = { 'content-type': 'application/json' };
  sendBody(response, { status, headers, body: JSON.stringify({ message }) });
}

/** Sends an answer of the gateway itself that is written already. */
export function sendBody(response: ServerResponse, { status, headers, body }: OwnReply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** A result without a status is the body of a success. */
function structured(result: unknown): APIGatewayProxyStructuredResultV2 {
  if (isStructured(result)) return result;
  return {
    headers: { 'content-type': 'application/json' },
    body: typeof result === 'string' ? result : JSON.stringify(result ?? null),
  };
}

function isStructured(result: unknown): result is APIGatewayProxyStructuredResultV2 {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}
