import type { OperationDeclaration } from '../../shared/operation/declaration.ts';
import type { Schema, SchemaWriter } from './schema.ts';

/** An operation object of OpenAPI. */
export interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  [keyword: string]: unknown;
}

/** Describes an operation, from its declaration. */
export function describeOperation(
  declaration: OperationDeclaration,
  schemas: SchemaWriter,
): Operation {
  const parameters = [
    ...parametersIn('path', declaration.path, schemas),
    ...parametersIn('query', declaration.query, schemas),
    ...(isMutating(declaration) ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
  ];
  return {
    operationId: declaration.name,
    summary: declaration.summary,
    description: descriptionOf(declaration),
    tags: [declaration.tag],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(declaration.body === undefined ? {} : { requestBody: bodyOf(declaration, schemas) }),
    responses: responsesOf(declaration, schemas),
  };
}

function isMutating(declaration: OperationDeclaration): boolean {
  return declaration.grants.ledger === 'write';
}

function descriptionOf({ profiles, routes }: OperationDeclaration): string {
  const [, ...aliases] = routes;
  const allowed =
    profiles.length === 0
      ? 'Any API key may call it.'
      : `For API keys with one of the profiles ${quoted(['all', ...profiles])}.`;
  return aliases.length === 0 ? allowed : `${allowed} Also reached as ${quoted(aliases)}.`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function parametersIn(
  place: 'path' | 'query',
  type: OperationDeclaration['path'],
  schemas: SchemaWriter,
): object[] {
  if (type === undefined) return [];
  const { properties = {}, required = [] } = schemas.request(type);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
}

function bodyOf(declaration: OperationDeclaration, schemas: SchemaWriter): object {
  const schema = declaration.body === undefined ? {} : schemas.request(declaration.body);
  return {
    required: true,
    content: { 'application/json': { schema: declaration.signed ? signed(schema) : schema } },
  };
}

/** The signature is checked before the body is: no body declares it. */
function signed(schema: Schema): Schema {
  const signature = {
    type: 'string',
    description: "The merchant's signature: a shared secret, sent as it is.",
  };
  return {
    ...schema,
    properties: { signature, ...schema.properties },
    required: ['signature', ...(schema.required ?? [])],
  };
}

function responsesOf(declaration: OperationDeclaration, schemas: SchemaWriter): object {
  const error = { 'application/json': { schema: schemas.error() } };
  const described = Object.entries(errorsOf(declaration)).map(([status, description]) => [
    status,
    { description, content: error },
  ]);
  const answer = { 'application/json': { schema: schemas.response(declaration.response) } };
  return { 200: { description: 'Done.', content: answer }, ...Object.fromEntries(described) };
}

/** The declared errors, and those that follow from how requests are processed. */
function errorsOf(declaration: OperationDeclaration): Record<number, string> {
  const processing: Record<number, string> = {
    401: 'The API key is missing, unknown or of the other environment',
    ...(declaration.profiles.length === 0 && !declaration.signed
      ? {}
      : { 403: 'The profile of the API key does not allow it, or the signature is wrong' }),
    ...(declaration.body === undefined ? {} : { 413: 'The body is too large' }),
    ...(isMutating(declaration) ? IDEMPOTENCY_ERRORS : {}),
    500: 'Something failed here; with the same `Idempotency-Key` it is safe to try again',
  };
  const all = { ...processing };
  for (const [status, cases] of Object.entries(declaration.errors)) {
    const also = processing[Number(status)];
    all[Number(status)] = also === undefined ? cases : `${cases}; ${lowerFirst(also)}`;
  }
  return all;
}

const IDEMPOTENCY_ERRORS = {
  409: 'A request with the same `Idempotency-Key` is still in flight: see `Retry-After`',
  422: 'The `Idempotency-Key` was used with another payload',
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
