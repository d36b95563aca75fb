import type { OpenApi } from './document.ts';
import { EXAMPLES, LOCATION, SERVICE, SIGNATURE } from './examples.ts';
import type { Operation } from './operation.ts';

type Face = 'paylands' | 'highlevel';

/** A variable of a collection, and what it is on a laptop. */
interface Variable {
  key: string;
  value: string;
}

const VARIABLES: Readonly<Record<Face, readonly Variable[]>> = {
  paylands: [
    { key: 'baseUrl', value: 'http://127.0.0.1:3000/v1/sandbox' },
    { key: 'token', value: 'the API key' },
    { key: 'signature', value: SIGNATURE },
    { key: 'service', value: SERVICE },
    { key: 'order_uuid', value: String(EXAMPLES.order_uuid) },
    { key: 'card_uuid', value: String(EXAMPLES.card_uuid) },
  ],
  highlevel: [
    { key: 'baseUrl', value: 'http://127.0.0.1:3000' },
    { key: 'token', value: "an app's token of the location" },
    { key: 'location', value: LOCATION },
    { key: 'order', value: '69f1a2200000000000000001' },
    { key: 'coupon', value: '6241712be68f7a98102ba272' },
  ],
};

/** Values of variables that are known where the collection is served. */
type Access = Readonly<Record<string, string>>;

/** Pages answer HTML. */
const READ = 'const read = () => { try { return pm.response.json(); } catch { return {}; } };';

/** What requests begin with is remembered from answers, so that one can be sent after the other. */
const REMEMBER: Readonly<Record<Face, readonly string[]>> = {
  paylands: [
    READ,
    'const { order, Source } = read();',
    "if (order) pm.collectionVariables.set('order_uuid', order.uuid);",
    "if (Source?.object === 'CARD') pm.collectionVariables.set('card_uuid', Source.uuid);",
  ],
  highlevel: [
    READ,
    'const { _id, items, usageCount } = read();',
    "if (items) pm.collectionVariables.set('order', _id);",
    "if (usageCount !== undefined) pm.collectionVariables.set('coupon', _id);",
  ],
};

interface Parameter {
  $ref?: string;
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: { examples?: unknown[]; enum?: unknown[] };
}

/**
 * The operations of a document as a Postman collection (format 2.1), a folder for each tag; Insomnia
 * and Bruno import it too.
 * @param access values of variables instead of the placeholders
 */
export function collectionOf(face: Face, document: OpenApi, access: Access = {}): object {
  const { title, description } = document.info as { title: string; description: string };
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: operation.tags[0] ?? '',
      item: itemOf(face, method.toUpperCase(), path, operation),
    })),
  );
  return {
    info: {
      name: title,
      description,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    variable: VARIABLES[face].map(({ key, value }) => ({
      key,
      value: access[key] ?? value,
      type: 'string',
    })),
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: REMEMBER[face] } }],
    item: [...Map.groupBy(entries, ({ tag }) => tag)].map(([name, own]) => ({
      name,
      item: own.map(({ item }) => item),
    })),
  };
}

function itemOf(face: Face, method: string, path: string, operation: Operation): object {
  const parameters = (operation.parameters ?? []) as Parameter[];
  const isOpen = Array.isArray(operation.security);
  return {
    name: operation.summary,
    request: {
      ...(isOpen ? { auth: { type: 'noauth' } } : {}),
      method,
      header: headersOf(face, parameters),
      ...bodyOf(face, operation),
      url: urlOf(face, path, operation, parameters),
      description: operation.description,
    },
    response: [],
  };
}

function headersOf(face: Face, parameters: readonly Parameter[]): object[] {
  const names = parameters.map(({ $ref = '' }) => $ref.slice($ref.lastIndexOf('/') + 1));
  return [
    ...(face === 'highlevel' ? [{ key: 'Version', value: '2021-07-28' }] : []),
    // A new one for each request: to repeat one, put its own there.
    ...(names.includes('IdempotencyKey')
      ? [{ key: 'Idempotency-Key', value: '{{$guid}}', disabled: true }]
      : []),
    ...(names.includes('Fault')
      ? [{ key: 'Pasarela-Fault', value: 'error-after=503', disabled: true }]
      : []),
  ];
}

function bodyOf(face: Face, operation: Operation): object {
  const { content } = (operation.requestBody ?? {}) as { content?: Record<string, Body> };
  const [[type, body] = []] = Object.entries(content ?? {});
  if (type === undefined || body === undefined) return {};
  const example = (body.example ?? {}) as Record<string, unknown>;
  if (type === 'application/x-www-form-urlencoded') {
    const fields = Object.keys(body.schema.properties).map((key) => ({ key, value: '' }));
    return { body: { mode: 'urlencoded', urlencoded: fields } };
  }
  const needsSignature = 'signature' in body.schema.properties;
  const all = needsSignature ? { signature: SIGNATURE, ...example } : example;
  const raw = withVariables(face, JSON.stringify(all, null, 2));
  return { body: { mode: 'raw', raw, options: { raw: { language: 'json' } } } };
}

interface Body {
  schema: { properties: Record<string, unknown> };
  example?: unknown;
}

function urlOf(
  face: Face,
  path: string,
  operation: Operation,
  parameters: readonly Parameter[],
): object {
  const segments = path
    .replace(/\{(\w+)\}/g, ':$1')
    .split('/')
    .slice(1);
  const query = parameters.filter((one) => one.in === 'query');
  const inPath = parameters.filter((one) => one.in === 'path');
  const pairs = query.map((one) => ({
    key: one.name,
    value: textOf(face, operation, one),
    ...(one.description === undefined ? {} : { description: one.description }),
    ...(isSent(one, query) ? {} : { disabled: true }),
  }));
  const sent = query
    .filter((one) => isSent(one, query))
    .map((one) => `${one.name}=${textOf(face, operation, one)}`);
  const written = segments.filter((one) => one !== '');
  return {
    raw: ['{{baseUrl}}', ...written].join('/') + (sent.length > 0 ? `?${sent.join('&')}` : ''),
    host: ['{{baseUrl}}'],
    path: written,
    ...(pairs.length === 0 ? {} : { query: pairs }),
    ...(inPath.length === 0
      ? {}
      : {
          variable: inPath.map((one) => ({ key: one.name, value: textOf(face, operation, one) })),
        }),
  };
}

/**
 * Parameters that are not needed are there to be ticked; a location is always named, once, and a
 * coupon is asked for by its code.
 */
function isSent({ name, required }: Parameter, all: readonly Parameter[]): boolean {
  if (required || ['altId', 'altType', 'code'].includes(name)) return true;
  return name === 'locationId' && all.every((one) => one.name !== 'altId');
}

/** Variables that stand for a parameter of another name. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  orderId: '{{order}}',
  'getCard.uuid': '{{card_uuid}}',
  locationId: '{{location}}',
  id: '{{coupon}}',
};

function textOf(face: Face, operation: Operation, { name, schema }: Parameter): string {
  const example = schema.examples?.[0] ?? schema.enum?.[0];
  const instead = STANDS_FOR[`${operation.operationId}.${name}`] ?? STANDS_FOR[name];
  const isKnown = VARIABLES[face].some(({ key }) => `{{${key}}}` === instead);
  if (instead !== undefined && isKnown) return instead;
  return example === undefined ? '' : withVariables(face, String(example));
}

/** What the examples say and the variables hold. */
function withVariables(face: Face, text: string): string {
  return VARIABLES[face].reduce((all, { key, value }) => all.replaceAll(value, `{{${key}}}`), text);
}
