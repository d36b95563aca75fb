import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { errorsOf, ownErrorsOf } from './errors.ts';
import { OWN_EXAMPLES, SHOWN } from './examples.ts';
import { type FaceDocumentation, quoted } from './face.ts';
import { describeFields, textOf } from './fields/texts.ts';
import { recordedAnswers } from './recorded.ts';
import type { Schema, SchemaWriter } from './schema.ts';

/** An operation object of OpenAPI. */
export interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  [keyword: string]: unknown;
}

/** Describes an operation, from its declaration. */
export function describeOperation<D extends OperationDeclaration>(
  declaration: D,
  face: FaceDocumentation<D>,
  schemas: SchemaWriter,
): Operation {
  const parameters = [
    ...parametersIn('path', declaration, face, schemas),
    ...parametersIn('query', declaration, face, schemas),
    ...face.parametersOf(declaration).map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
  return {
    operationId: declaration.name,
    summary: declaration.summary,
    description: descriptionOf(declaration, face),
    tags: [declaration.tag],
    ...(isPage(declaration) ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(declaration.body === undefined ? {} : { requestBody: bodyOf(declaration, face, schemas) }),
    responses: responsesOf(declaration, face, schemas),
  };
}

function descriptionOf<D extends OperationDeclaration>(
  declaration: D,
  face: FaceDocumentation<D>,
): string {
  const [, ...aliases] = declaration.routes;
  const allowed = face.accessOf(declaration);
  return aliases.length === 0 ? allowed : `${allowed} Also reached as ${quoted(aliases)}.`;
}

function parametersIn<D extends OperationDeclaration>(
  place: 'path' | 'query',
  declaration: D,
  face: FaceDocumentation<D>,
  schemas: SchemaWriter,
): object[] {
  const type = declaration[place];
  if (type === undefined) return [];
  const { properties = {}, required = [] } = schemas.request(type);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    description: textOf(face.fields, declaration.name, name),
    schema,
  }));
}

function bodyOf<D extends OperationDeclaration>(
  declaration: D,
  face: FaceDocumentation<D>,
  schemas: SchemaWriter,
): object {
  const schema = declaration.body === undefined ? {} : schemas.request(declaration.body);
  const type = isPage(declaration) ? 'application/x-www-form-urlencoded' : 'application/json';
  const body = describeFields(face.bodyOf(schema, declaration), face.fields, declaration.name);
  return { required: true, content: { [type]: withExample(body, declaration.name) } };
}

/** A body with an example, if every field that it shows has one. */
function withExample(described: Schema, operation: string): object {
  const schema = withOwnExamples(described, OWN_EXAMPLES[operation] ?? {});
  const { properties = {}, required = [] } = schema;
  const names = [...required, ...(SHOWN[operation] ?? [])];
  const values = names.map((name) => [name, exampleOf(properties[name])] as const);
  const isWhole = values.length > 0 && values.every(([, value]) => value !== undefined);
  return isWhole ? { schema, example: Object.fromEntries(values) } : { schema };
}

function withOwnExamples(schema: Schema, own: Readonly<Record<string, unknown>>): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    name in own ? { ...property, examples: [own[name]] } : property,
  ]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

function exampleOf(schema: Schema | undefined): unknown {
  const { examples, items, properties } = schema ?? {};
  if (Array.isArray(examples)) return examples[0];
  if (typeof items === 'object') {
    const one = exampleOf(items as Schema);
    return one === undefined ? undefined : [one];
  }
  if (properties === undefined) return undefined;
  const entries = Object.entries(properties)
    .filter(([name]) => schema?.required?.includes(name))
    .map(([name, property]) => [name, exampleOf(property)]);
  return entries.every(([, value]) => value !== undefined)
    ? Object.fromEntries(entries)
    : undefined;
}

function responsesOf<D extends OperationDeclaration>(
  declaration: D,
  face: FaceDocumentation<D>,
  schemas: SchemaWriter,
): object {
  const error = { 'application/json': { schema: schemas.response(face.error) } };
  const page = { 'text/html': { schema: { type: 'string' } } };
  const own = ownErrorsOf(declaration, face, schemas).map((error) => String(error.status));
  // What a page cannot even begin is a page too, also where it answers a script.
  const typeOf = (status: string) => {
    const isPageToo = isPage(declaration) && !own.includes(status);
    return isPageToo || answersHtml(declaration) ? page : error;
  };
  const described = Object.entries(errorsOf(declaration, face, schemas)).map(
    ([status, description]) => [status, { description, content: typeOf(status) }],
  );
  const type = answersHtml(declaration) ? 'text/html' : 'application/json';
  const example = recordedAnswers(declaration.face)[declaration.name];
  const response = schemas.response(declaration.response);
  const schema = describeFields(response, face.answers, declaration.name);
  const answer = { [type]: { schema, example } };
  return {
    [face.successOf(declaration)]: { description: 'Done.', content: answer },
    ...Object.fromEntries(described),
  };
}

/** Pages are for browsers: a token opens them, no API key. */
function isPage(declaration: OperationDeclaration): boolean {
  return declaration.page === true;
}

/** A page whose answer is a text has no other form than HTML. */
function answersHtml(declaration: OperationDeclaration): boolean {
  return isPage(declaration) && declaration.response.def.type === 'string';
}
