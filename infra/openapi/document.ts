import { readFileSync } from 'node:fs';
import { BASE_PATHS } from '#infra/faces.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import type { FaceDocumentation } from './face.ts';
import { describeFields, type FieldTexts } from './fields/texts.ts';
import { HIGHLEVEL } from './highlevel.ts';
import { describeOperation, type Operation } from './operation.ts';
import { PAYLANDS } from './paylands.ts';
import { type Schema, SchemaWriter } from './schema.ts';

/** A document of OpenAPI 3.1. */
export interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; [keyword: string]: unknown };
  [keyword: string]: unknown;
}

/** The documents of all faces, by face; each describes the operations that are its own. */
export function documentsOf(
  operations: readonly OperationDeclaration[],
): Record<OperationDeclaration['face'], OpenApi> {
  return {
    paylands: documentOf(
      PAYLANDS,
      operations.filter((one) => one.face === 'paylands'),
    ),
    highlevel: documentOf(
      HIGHLEVEL,
      operations.filter((one) => one.face === 'highlevel'),
    ),
  };
}

function documentOf<D extends OperationDeclaration>(
  face: FaceDocumentation<D>,
  operations: readonly D[],
): OpenApi {
  const schemas = new SchemaWriter(face.shapes, face.examples);
  const paths: OpenApi['paths'] = {};
  // What is at the root of the address is not under the servers that the document names.
  for (const declaration of operations.filter((one) => one.atRoot !== true)) {
    const [method = '', path = ''] = declaration.routes[0].split(' ');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: describeOperation(declaration, face, schemas),
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: face.title, version: version(), description: face.description },
    servers: serversOf(face.face),
    security: face.security,
    tags: [...new Set(operations.map((one) => one.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: face.securitySchemes,
      parameters: face.parameters,
      schemas: describedShapes(schemas.components, face.answers),
    },
  };
}

/** The sandbox first: a reader who tries something out should not move money. */
function serversOf(face: keyof typeof BASE_PATHS): object[] {
  const sandboxFirst = BASE_PATHS[face].toSorted((one, other) => other.length - one.length);
  if (sandboxFirst.length === 1) return sandboxFirst.map((url) => ({ url: url || '/' }));
  return sandboxFirst.map((url) => ({
    url,
    description: url.endsWith('/sandbox') ? 'Sandbox' : 'Live',
  }));
}

function describedShapes(
  shapes: Record<string, Schema>,
  texts: FieldTexts,
): Record<string, Schema> {
  const described = Object.entries(shapes).map(([name, shape]) => {
    return [name, describeFields(shape, texts, name)] as const;
  });
  return sorted(Object.fromEntries(described));
}

function sorted<T>(values: Record<string, T>): Record<string, T> {
  const entries = Object.entries(values);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function version(): string {
  const manifest = new URL('../../package.json', import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
