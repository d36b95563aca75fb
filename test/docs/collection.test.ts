import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { functionsOf } from '#infra/local/functions.ts';
import { collectionOf } from '#infra/openapi/collection.ts';
import { documentsOf } from '#infra/openapi/document.ts';
import { formatJson } from '#infra/openapi/format.ts';
import { type Stack, startStack } from '#test/support/stack.ts';

interface Item {
  name: string;
  request: {
    method: string;
    url: { raw: string; path: string[]; variable?: { key: string; value: string }[] };
    body?: { mode: string; raw?: string };
  };
}

interface Collection {
  variable: { key: string; value: string }[];
  event: { script: { exec: string[] } }[];
  item: { name: string; item: Item[] }[];
}

const documents = documentsOf(functionsOf(catalog, 'operation').map((one) => one.declaration));
const faces = ['paylands', 'highlevel'] as const;
const collections = Object.fromEntries(
  faces.map((face) => [face, JSON.parse(formatJson(collectionOf(face, documents[face])))]),
) as Record<(typeof faces)[number], Collection>;

const itemsOf = (face: (typeof faces)[number]) => collections[face].item.flatMap((one) => one.item);

describe.each(faces)('the collection of %s', (face) => {
  test('is the committed one', () => {
    const committed = readFileSync(`docs/openapi/${face}.postman.json`, 'utf8');
    expect(committed, 'run `npm run openapi`').toBe(formatJson(collections[face]));
  });

  test('has every operation of the document once', () => {
    const documented = Object.entries(documents[face].paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const collected = itemsOf(face).map(({ request: { method, url } }) => {
      const segments = url.path.map((one) => one.replace(/^:(.*)/, '{$1}'));
      return `${method} /${segments.join('/')}`;
    });
    expect(collected.toSorted()).toEqual(documented.toSorted());
  });

  test('names only variables that it has', () => {
    const used = JSON.stringify(collections[face].item).matchAll(/\{\{([^}]+)\}\}/g);
    const known = [...collections[face].variable.map(({ key }) => key), 'baseUrl', '$guid'];
    expect([...new Set([...used].map(([, name]) => name))].toSorted()).toEqual(
      [...new Set(known)].filter((name) => name !== 'token').toSorted(),
    );
  });
});

describe('the collection that a server fills in', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  test('creates an order, saves a card, charges and refunds, one after the other', async () => {
    const { baseUrl, apiKey, signature, services } = stack.demo.credentials;
    const service = services.paylands ?? '';
    const access = { baseUrl, token: apiKey, signature, service };
    const collection = collectionOf('paylands', documents.paylands, access) as Collection;
    const variables = new Map(collection.variable.map(({ key, value }) => [key, value]));
    const statuses: unknown[] = [];
    for (const path of ['payment', 'payment-method/card', 'payment/direct', 'payment/refund']) {
      const item = itemsOf('paylands').find((one) => {
        return one.request.method === 'POST' && one.request.url.path.join('/') === path;
      });
      const answer = await send(item, variables);
      remember(collection, answer, variables);
      statuses.push(answer.order?.status);
    }
    expect(statuses).toEqual(['CREATED', undefined, 'SUCCESS', 'REFUNDED']);
  });
});

interface Answer {
  order?: { status: string };
}

/** Sends a request as a program does that has read the collection. */
async function send(item: Item | undefined, variables: Map<string, string>): Promise<Answer> {
  const filled = (text = '') =>
    text.replace(/\{\{(\w+)\}\}/g, (_, key) => variables.get(key) ?? '');
  const response = await fetch(filled(item?.request.url.raw), {
    method: item?.request.method ?? '',
    headers: {
      authorization: filled('Bearer {{token}}'),
      'content-type': 'application/json',
    },
    body: filled(item?.request.body?.raw),
  });
  return (await response.json()) as Answer;
}

/** Runs the script that the collection has for answers. */
function remember(collection: Collection, answer: Answer, variables: Map<string, string>): void {
  const script = collection.event[0]?.script.exec.join('\n') ?? '';
  const collectionVariables = { set: (key: string, value: string) => variables.set(key, value) };
  const pm = { response: { json: () => answer }, collectionVariables };
  new Function('pm', script)(pm);
}
