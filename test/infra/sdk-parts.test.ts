import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test, vi } from 'vitest';
import { BUNDLE_OPTIONS } from '#infra/aws/bundle.ts';
import { SDK_PARTS } from '#infra/aws/sdk-parts.ts';

const SOURCE = `
import { DynamoDBClient, PutItemCommand, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
export const isCanceled = (error) => error instanceof TransactionCanceledException;
export const put = (endpoint) =>
  new DynamoDBClient({ endpoint, maxAttempts: 1 }).send(
    new PutItemCommand({ TableName: 't', Item: {} }),
  );`;

test('the client in bundles knows the errors of items, and names the others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bundle-'));
  const stdin = { contents: SOURCE, resolveDir: process.cwd() };
  const { outputFiles } = await build({
    ...BUNDLE_OPTIONS,
    sourcemap: false,
    outdir: folder,
    stdin,
    plugins: [SDK_PARTS],
  });
  const file = join(folder, 'client.mjs');
  writeFileSync(file, outputFiles[0]?.contents ?? '');
  for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
    vi.stubEnv(name, 'local');
  }
  vi.stubEnv('AWS_SESSION_TOKEN', 'local');
  let type = '';
  const server = createServer((_, response) => {
    const body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'm' };
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed' }];
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ ...body, CancellationReasons }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { put, isCanceled } = await import(file);
  const failure = (): Promise<unknown> => put(endpoint).catch((error: unknown) => error);

  type = 'TransactionCanceledException';
  const canceled = await failure();
  expect(isCanceled(canceled)).toBe(true);
  expect(canceled).toMatchObject({ CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] });

  type = 'LimitExceededException';
  const other = await failure();
  expect(isCanceled(other)).toBe(false);
  expect(other).toMatchObject({ name: 'LimitExceededException', message: 'm' });

  server.close();
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});
