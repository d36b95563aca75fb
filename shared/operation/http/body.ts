import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { RequestError } from './errors.ts';

/** The largest body of an operation by default, in bytes. */
const MAX_BYTES = 1024 * 1024;

/** The deepest nesting allowed in a body: recursive checks must not overflow the stack. */
const MAX_LEVELS = 32;

/**
 * The JSON of a request; an absent body is an empty object.
 * @throws RequestError 413 when it is too large, 400 when it is not JSON or nested too deeply
 */
export function parseBody(event: APIGatewayProxyEventV2, maxBytes = MAX_BYTES): unknown {
  return parsed(event, parseJson, maxBytes);
}

/**
 * The JSON or the form of a request.
 * @throws RequestError as `parseBody`
 */
export function parseBodyOrForm(event: APIGatewayProxyEventV2): unknown {
  const isForm = event.headers['content-type']?.startsWith(FORM) === true;
  return parsed(event, isForm ? parseForm : parseJson, MAX_BYTES);
}

function parsed(
  event: APIGatewayProxyEventV2,
  parse: (text: string) => unknown,
  maxBytes: number,
): unknown {
  if (event.body === undefined || event.body === '') return {};
  if (event.body.length > maxBytes * (4 / 3)) throw new RequestError(413, 'Body is too large');
  const text = event.isBase64Encoded
    ? Buffer.from(event.body, 'base64').toString('utf8')
    : event.body;
  if (Buffer.byteLength(text) > maxBytes) throw new RequestError(413, 'Body is too large');
  const body = parse(text);
  if (isDeeper(body, MAX_LEVELS)) throw new RequestError(400, 'Body is nested too deeply');
  return body;
}

const FORM = 'application/x-www-form-urlencoded';

/** The fields of a form; `live[apiKey]` is the field `apiKey` of the object `live`. */
function parseForm(text: string): unknown {
  const fields = new Map<string, unknown>();
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer = '', inner = ''] = /^([^[]+)\[([^\]]+)\]$/.exec(name) ?? [];
    if (outer === '') fields.set(name, value);
    else fields.set(outer, Object.fromEntries([...entriesOf(fields.get(outer)), [inner, value]]));
  }
  return Object.fromEntries(fields);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function parseJson(text: string): unknown {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  try {
    return JSON.parse(json, LONG_NUMBER.test(json) ? exactly : undefined);
  } catch {
    throw new RequestError(400, 'Body is not valid JSON');
  }
}

/** .NET's text writers begin with one. */
const BYTE_ORDER_MARK = '\ufeff';

const LONG_NUMBER = /\d{16}/;

/**
 * A whole number that JavaScript would round is left as its digits: PHP and databases count further,
 * and two identifiers must not become one.
 */
function exactly(_name: string, value: unknown, { source }: { source?: string } = {}): unknown {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
  return isRounded && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
