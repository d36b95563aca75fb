import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Fields } from '#faces/pages/views/card-form.ts';
import { RequestError } from '#operation/http/errors.ts';

/** Our forms are short. */
const MAX_BYTES = 16_384;

/**
 * The fields of a form (`application/x-www-form-urlencoded`); of a repeated one the last.
 * @throws RequestError 413
 */
export function parseForm(event: APIGatewayProxyEventV2): Fields {
  const { body = '', isBase64Encoded } = event;
  if (body.length > MAX_BYTES * (4 / 3)) throw new RequestError(413, 'Body is too large');
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  return Object.fromEntries(new URLSearchParams(text));
}
