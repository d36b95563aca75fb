import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { RequestError } from './errors.ts';

/** The largest body an operation takes, in bytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * The JSON of a request; an absent body is an empty object.
 * @throws RequestError 413 when it is too large, 400 when it is not JSON
 */
export function parseBody(event: APIGatewayProxyEventV2): unknown {
  if (event.body === undefined || event.body === '') return {};
  if (event.body.length > MOST_BYTES * (4 / 3)) throw new RequestError(413, 'Body is too large');
  const text = event.isBase64Encoded
    ? Buffer.from(event.body, 'base64').toString('utf8')
    : event.body;
  if (Buffer.byteLength(text) > MOST_BYTES) throw new RequestError(413, 'Body is too large');
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError(400, 'Body is not valid JSON');
  }
}
