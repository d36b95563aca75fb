import { readFileSync } from 'node:fs';
import type { OperationDeclaration } from '../../shared/operation/declaration.ts';
import { BASE_PATHS } from '../faces.ts';
import { describeOperation, type Operation } from './operation.ts';
import { SchemaWriter } from './schema.ts';

/** A document of OpenAPI 3.1. */
export interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; [keyword: string]: unknown };
  [keyword: string]: unknown;
}

const DESCRIPTION = `A faithful copy of the Paylands REST API: a program written for Paylands runs \
against it by changing its base URL. \`/v1/sandbox\` moves no money.

Amounts are integers in minor units (\`1050\` is 10.50 EUR). Numbers may be sent as text and booleans \
as 0 and 1; fields that are null, empty or unknown are ignored. Answers may gain fields at any time.

A refused payment is answered with 200 too: what counts is the order's \`status\`.

\`POST\`, \`PUT\` and \`DELETE\` carry the merchant's \`signature\` in the body. With the header \
\`Idempotency-Key\` a request can be repeated safely: the first answer is replayed for 72 hours, with \
\`Idempotent-Replayed: true\`.`;

/** Describes the operations of the Paylands face. */
export function paylandsDocument(operations: readonly OperationDeclaration[]): OpenApi {
  const schemas = new SchemaWriter();
  const paths: OpenApi['paths'] = {};
  for (const declaration of operations) {
    const [method = '', path = ''] = declaration.routes[0].split(' ');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: describeOperation(declaration, schemas),
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Pasarela: Paylands API', version: version(), description: DESCRIPTION },
    servers: serversOf('paylands'),
    security: [{ bearer: [] }, { basic: [] }, { plain: [] }],
    tags: [...new Set(operations.map((one) => one.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: SECURITY,
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      schemas: sorted(schemas.components),
    },
  };
}

const SECURITY = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The API key as the token.' },
  basic: {
    type: 'http',
    scheme: 'basic',
    description: 'The API key as the user name and an empty password, with or without the colon.',
  },
  plain: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The API key, without a scheme.',
  },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes it safe to repeat the request: it has an effect once.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** The sandbox first: a reader who tries something out should not move money. */
function serversOf(face: keyof typeof BASE_PATHS): object[] {
  const sandboxFirst = BASE_PATHS[face].toSorted((one, other) => other.length - one.length);
  return sandboxFirst.map((url) => ({
    url,
    description: url.endsWith('/sandbox') ? 'Sandbox' : 'Live',
  }));
}

function sorted<T>(values: Record<string, T>): Record<string, T> {
  const entries = Object.entries(values);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function version(): string {
  const manifest = new URL('../../package.json', import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
