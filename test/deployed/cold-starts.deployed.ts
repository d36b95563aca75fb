import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '#functions/catalog.ts';
import { FUNCTIONS_DIR } from '#infra/aws/bundle-folders.ts';
import { operationsByFace, routeKeysOf } from '#infra/aws/catalog.ts';
import { fallbackPath } from '#infra/aws/fallback-declaration.ts';
import type { FunctionDeclaration } from '#operation/declare/declaration.ts';
import { lambdaOf } from '#test/infra/lambdas.ts';
import { resourcesOf } from '#test/infra/synthesise.ts';

/** The environment that templates give functions, where receivers, keys and queues are names. */
const resources = resourcesOf(catalog, { settings: { MAIL_FROM: 'pay@shop.example' } });

const RUNNER = join(import.meta.dirname, 'cold-start.mjs');
const UUID = '00000000-0000-4000-8000-000000000000';

let aws: Server;
let endpoint: string;

/** An AWS that has nothing stored and takes everything. */
beforeAll(async () => {
  aws = createServer(async (request, response) => {
    const body = JSON.parse((await text(request)) || '{}');
    const [table = 'none'] = Object.keys(body.RequestItems ?? {});
    const answers: Record<string, object> = {
      Query: { Items: [], Count: 0 },
      BatchGetItem: { Responses: { [table]: [] }, UnprocessedKeys: {} },
    };
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(answers[action] ?? {}));
  }).listen(0, '127.0.0.1');
  await once(aws, 'listening');
  endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
});
afterAll(() => aws.close());

describe.concurrent('each bundle starts alone, with the environment of its template', () => {
  test.each(catalog.map((one) => [one.path, one] as const))('%s', async (path, { declaration }) => {
    const { error, answer } = await start(path, eventOf(declaration));
    expect(error).toBeUndefined();
    expect(answer?.statusCode ?? 200).toBeLessThan(500);
  });

  test.each(operationsByFace(catalog).map(([face]) => fallbackPath(face)))('%s', async (path) => {
    const { error, answer } = await start(path, httpEvent('GET', '/nothing/here', '$default'));
    expect(error).toBeUndefined();
    expect(answer?.statusCode).toBe(404);
  });
});

interface Outcome {
  error?: string;
  answer?: { statusCode?: number } | null;
}

async function start(path: string, event: object): Promise<Outcome> {
  const { Variables } = lambdaOf(resources, path).Properties.Environment;
  const declared = Object.entries(Variables).map(([name, value]) => [name, nameOf(name, value)]);
  const { stdout } = await promisify(execFile)(process.execPath, [RUNNER], {
    env: {
      ...Object.fromEntries(declared),
      BUNDLE: join(FUNCTIONS_DIR, path, 'index.mjs'),
      EVENT: JSON.stringify(event),
      // What Lambda itself sets, and where AWS is.
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SESSION_TOKEN: 'test',
      AWS_ENDPOINT_URL: endpoint,
    },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** What CloudFormation would put in for a reference. */
function nameOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (name.endsWith('_QUEUE_URL')) return `${endpoint}/000000000000/queue`;
  return name === 'KMS_KEY_ID' ? `arn:aws:kms:us-east-1:000000000000:key/${UUID}` : name;
}

function eventOf(declaration: FunctionDeclaration): object {
  if (declaration.kind === 'job') return { Records: [] };
  if (declaration.kind === 'schedule') return { time: '2026-01-01T00:00:00Z' };
  const [routeKey = ''] = routeKeysOf(declaration);
  const [method = '', path = ''] = routeKey.split(' ');
  return httpEvent(method, path, routeKey);
}

function httpEvent(method: string, path: string, routeKey: string): object {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const rawPath = path.replace(/\{\w+\}/g, UUID);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: '',
    headers: { host: 'x.execute-api.us-east-1.amazonaws.com' },
    pathParameters: Object.fromEntries(names.map((name) => [name, UUID])),
    isBase64Encoded: false,
    requestContext: {
      domainName: 'x.execute-api.us-east-1.amazonaws.com',
      http: { method, path: rawPath, sourceIp: '192.0.2.1', userAgent: 'test' },
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  };
}
