import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

interface Schema {
  [keyword: string]: unknown;
}

interface Published {
  paths: Record<string, Record<string, { operationId: string; responses: Responses }>>;
  components: { schemas: Record<string, { properties: Record<string, Schema> }> };
}

type Responses = Record<string, { content?: { 'application/json': { schema: Schema } } }>;

/**
 * Where HighLevel's published document says something else than its services answer: slips of the
 * generator that the contract names (1.9 and the rules of each operation), corrected here and
 * nowhere else.
 */
const CORRECTIONS: readonly [schema: string, property: string, corrected: Schema][] = [
  ['TxnResponseSchema', 'status', { type: 'string' }],
  ['GetTxnResponseSchema', 'status', { type: 'string' }],
  ['SubscriptionResponseSchema', 'status', { type: 'string' }],
  ['GetSubscriptionResponseSchema', 'status', { type: 'string' }],
  ['GetSubscriptionResponseSchema', 'altType', { type: 'string' }],
  ['GetOrderResponseSchema', 'items', { type: 'array', items: { type: 'object' } }],
  [
    'ListWhitelabelIntegrationProviderResponseDto',
    'providers',
    { type: 'array', items: { $ref: '#/components/schemas/IntegrationProviderSchema' } },
  ],
];

const published = load();
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
ajv.addSchema({ ...published, $id: 'published' });

/** What an answer violates of the published schema of its operation; nothing when it is right. */
export function violationsOf(operationId: string, answer: unknown): string[] {
  const validate = validators.get(operationId) ?? compile(operationId);
  validators.set(operationId, validate);
  if (validate(answer)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const validators = new Map<string, ValidateFunction>();

function compile(operationId: string): ValidateFunction {
  for (const [path, methods] of Object.entries(published.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId !== operationId) continue;
      const status = '201' in operation.responses ? '201' : '200';
      const segments = ['paths', path, method, 'responses', status, 'content'];
      const pointer = [...segments, 'application/json', 'schema'].map(pointerPart).join('/');
      return ajv.compile({ $ref: `published#/${pointer}` });
    }
  }
  throw new Error(`${operationId} is not published`);
}

function pointerPart(segment: string): string {
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function load(): Published {
  const file = new URL('../../reference/highlevel-payments-v3.openapi.json', import.meta.url);
  const document: Published = JSON.parse(readFileSync(file, 'utf8'));
  for (const [schema, property, corrected] of CORRECTIONS) {
    const properties = document.components.schemas[schema]?.properties;
    if (properties?.[property] === undefined) throw new Error(`${schema}.${property} is gone`);
    properties[property] = corrected;
  }
  return document;
}
