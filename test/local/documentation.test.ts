import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { listen } from '#infra/local/server.ts';
import { documentsOf } from '#infra/openapi/document.ts';
import { type DocumentedError, ownErrorsOf } from '#infra/openapi/errors.ts';
import { formatJson } from '#infra/openapi/format.ts';
import { HIGHLEVEL } from '#infra/openapi/highlevel.ts';
import { documentationPages } from '#infra/openapi/pages.ts';
import { PAYLANDS } from '#infra/openapi/paylands.ts';
import { type Schema, SchemaWriter } from '#infra/openapi/schema.ts';
import type { OperationDeclaration } from '#operation/declare/declaration.ts';
import { isMutating } from '#operation/declare/grants.ts';

interface Parameter {
  $ref?: string;
  name?: string;
  in?: string;
}

interface Described {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema; example?: unknown } } };
  responses: Record<string, { description: string; content: object }>;
}

/** What is at the root of the address is in no document. */
const operations = functionsOf(catalog, 'operation')
  .map((one) => one.declaration)
  .filter((one) => one.atRoot !== true);
const documents = documentsOf(operations);
const faces = Object.entries(documents);
const named = (one: OperationDeclaration): [string, OperationDeclaration] => [
  `${one.face} ${one.name}`,
  one,
];
/** What an API key opens, and what browsers open. */
const cases = operations.filter((one) => one.page !== true).map(named);
const pageCases = operations.filter((one) => one.page === true).map(named);

function errorsOf(declaration: OperationDeclaration): DocumentedError[] {
  return declaration.face === 'paylands'
    ? ownErrorsOf(declaration, PAYLANDS, new SchemaWriter(PAYLANDS.shapes, {}))
    : ownErrorsOf(declaration, HIGHLEVEL, new SchemaWriter(HIGHLEVEL.shapes, {}));
}

/** What the document says of an operation, under its documented route. */
function described({ face, routes: [route] }: OperationDeclaration): Described {
  const [method = '', path = ''] = route.split(' ');
  return documents[face].paths[path]?.[method.toLowerCase()] as unknown as Described;
}

/** Every value of a key, anywhere in a document. */
function* valuesOf(node: unknown, key: string): Generator<unknown> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, value] of Object.entries(node)) {
    if (name === key) yield value;
    yield* valuesOf(value, key);
  }
}

function resolve(document: object, ref: string): unknown {
  const names = ref.slice(2).split('/');
  return names.reduce<unknown>((node, name) => Reflect.get(node as object, name), document);
}

describe('the OpenAPI document', () => {
  test.each(faces)('of %s is the committed one', (face, document) => {
    const committed = readFileSync(`docs/openapi/${face}.json`, 'utf8');
    expect(committed, 'run `npm run openapi`').toBe(formatJson(document));
    expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test.each(faces)('of %s has all operations once and no other', (face, document) => {
    const own = operations.filter((one) => one.face === face && one.atRoot !== true);
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.operationId),
    );
    expect(ids.sort()).toEqual(own.map((one) => one.name).sort());
  });

  test('has servers of both environments, and the three headers that authenticate', () => {
    const document = documents.paylands;
    expect(document.servers).toMatchObject([{ url: '/v1/sandbox' }, { url: '/v1' }]);
    expect(document.security).toEqual([{ bearer: [] }, { basic: [] }, { plain: [] }]);
    const { securitySchemes } = document.components;
    expect(Object.keys(securitySchemes ?? {}).sort()).toEqual(['basic', 'bearer', 'plain']);
  });

  test.each(faces)('of %s refers only to what it has', (_, document) => {
    const refs = [...valuesOf(document, '$ref')];
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) expect(resolve(document, String(ref)), String(ref)).toBeDefined();
    expect([...valuesOf(document, '$defs'), ...valuesOf(document, '$schema')]).toEqual([]);
  });

  test.each(cases)('%s has its parameters and errors', (_, declaration) => {
    const { parameters = [], responses } = described(declaration);
    const [route] = declaration.routes;
    const inPath = parameters.filter((one) => one.in === 'path').map((one) => `{${one.name}}`);
    expect(inPath).toEqual(route.match(/\{\w+\}/g) ?? []);
    const isPage = declaration.page === true;
    const hasKey = isMutating(declaration) && !isPage;
    expect(parameters.some((one) => one.$ref?.endsWith('IdempotencyKey'))).toBe(hasKey);
    const statuses = Object.keys(responses);
    const success = declaration.face === 'highlevel' ? declaration.success : 200;
    const processing = isPage ? [] : [401, 500];
    for (const status of [success, ...processing]) expect(statuses).toContain(String(status));
    for (const { code, status, text } of errorsOf(declaration)) {
      expect(text, code).not.toBe('');
      expect(responses[status]?.description.toLowerCase()).toContain(text.toLowerCase());
    }
  });

  test.each(pageCases)('%s is for browsers', (_, declaration) => {
    const { parameters = [], responses, ...rest } = described(declaration);
    expect(rest).toMatchObject({ security: [] });
    expect(parameters.some((one) => one.$ref?.endsWith('IdempotencyKey'))).toBe(false);
    const isForm = declaration.routes[0].startsWith('POST ');
    const own = [...new Set(errorsOf(declaration).map(({ status }) => String(status)))];
    expect(Object.keys(responses)).toEqual(
      ['200', ...own, ...(isForm ? ['413'] : []), '500'].sort(),
    );
    const isForScripts = declaration.name === 'saveCardOfFrame';
    for (const [status, { content }] of Object.entries(responses)) {
      const isJson = isForScripts && ['200', ...own].includes(status);
      expect(Object.keys(content), status).toEqual([isJson ? 'application/json' : 'text/html']);
    }
  });

  const answering = operations.filter((one) => one.response.def.type !== 'string').map(named);

  test.each(answering)('%s has an answer as an example, of its shape', (_, declaration) => {
    const success = declaration.face === 'highlevel' ? declaration.success : 200;
    const content = described(declaration).responses[success]?.content ?? {};
    const { example } = Reflect.get(content, 'application/json');
    expect(example).toBeDefined();
    expect(z.safeParse(declaration.response, example).error?.issues).toBeUndefined();
  });

  const withBody = cases.filter(([, declaration]) => declaration.body !== undefined);

  test.each(withBody)('%s has an example that is accepted', (_, declaration) => {
    const schema = described(declaration).requestBody?.content['application/json'].schema ?? {};
    expect(schema.required?.includes('signature') ?? false).toBe(
      declaration.face === 'paylands' && declaration.signed,
    );
    const { body } = declaration;
    if (body === undefined) return;
    const shown = described(declaration).requestBody?.content['application/json'].example;
    if (shown !== undefined) expect(z.safeParse(body, shown).error?.issues).toBeUndefined();
    const example = exampleOf(schema);
    // A card or a stored one: an example of every field has both.
    if (declaration.name === 'motoApiPayment') delete example.source_uuid;
    expect(z.safeParse(body, example).success).toBe(true);
    for (const name of schema.required ?? []) {
      if (name === 'signature') continue;
      const { [name]: _left, ...without } = example;
      expect(z.safeParse(body, without).success, `without ${name}`).toBe(false);
    }
  });

  function exampleOf(schema: Schema): Record<string, unknown> {
    const values = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
      const items = property.items as Schema | undefined;
      if (items?.properties !== undefined) return [[name, [exampleOf(items)]]];
      const [example] = (property.examples as unknown[] | undefined) ?? [];
      return example === undefined ? [] : [[name, example]];
    });
    return Object.fromEntries(values);
  }
});

describe('formatJson', () => {
  test('puts short lists on one line', () => {
    const value = { a: [1, 2], b: [], c: {}, d: [{ e: 'x' }], f: ['x'.repeat(60), 'y'.repeat(60)] };
    const text = formatJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(formatJson({ a: 1, b: undefined })).toBe('{\n  "a": 1\n}\n');
    expect(text).toContain('"a": [1, 2],\n  "b": [],\n  "c": {},\n  "d": [\n    {\n');
    expect(text).toContain('"f": [\n    "xxx');
  });
});

describe('/docs', () => {
  test('is filled in with credentials, where there are some', async () => {
    const server = await listen('127.0.0.1', 0);
    const trial = {
      paylands: {
        baseUrl: 'http://here/v1/sandbox',
        apiKey: 'my-key',
        signature: 'my-signature',
        services: { paylands: 'MY-SERVICE' },
      },
      highlevel: {
        baseUrl: 'http://here',
        token: 'my-token',
        appToken: 'my-app-token',
        locationId: 'my-location',
      },
    };
    const pages = documentationPages(operations, trial);
    server.serve((request, response) => void pages(request, response));
    const read = async (path: string) => (await fetch(server.url + path)).text();
    const { paths } = JSON.parse(await read('/docs/paylands.json'));
    expect(paths['/payment'].post.requestBody.content['application/json'].example).toMatchObject({
      signature: 'my-signature',
      service: 'MY-SERVICE',
      amount: 1050,
    });
    expect(await read('/docs/highlevel.json')).toContain('"my-location"');
    const collection = await read('/docs/paylands.postman.json');
    for (const own of ['my-key', 'my-signature', 'MY-SERVICE', 'http://here/v1/sandbox']) {
      expect(collection).toContain(own);
    }
    expect(await read('/docs/highlevel.postman.json')).toContain('my-app-token');
    const start = await read('/docs/start.js');
    for (const token of ['my-key', 'my-token']) expect(start).toContain(token);
    await server.stop();
  });

  test('is a page, a viewer and a document from this server only', async () => {
    const server = await listen('127.0.0.1', 0);
    const pages = documentationPages(operations);
    server.serve((request, response) => {
      if (!pages(request, response)) response.writeHead(404).end();
    });
    const page = await fetch(`${server.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:/);
    const [, viewer = ''] = /<script src="([^"]+)"/.exec(html) ?? [];
    expect(await (await fetch(server.url + viewer)).text()).toContain('SwaggerUIBundle');
    for (const [, file = ''] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      expect((await fetch(server.url + file)).status, file).toBe(200);
    }
    for (const [face, document] of faces) {
      const served = await fetch(`${server.url}/docs/${face}.json`);
      expect(await served.json()).toEqual(JSON.parse(JSON.stringify(document)));
    }
    expect((await fetch(`${server.url}/docs/`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${server.url}/docs/other`)).status).toBe(404);
    expect((await fetch(`${server.url}/docs`, { method: 'POST' })).status).toBe(404);
    await server.stop();
  });
});
