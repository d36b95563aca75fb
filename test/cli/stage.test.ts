import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startEngine } from '#infra/local/engine.ts';
import { prepareSdk } from '#infra/local/environment.ts';
import { createTables } from '#infra/local/tables.ts';
import { dynamoClient } from '#store/core/client.ts';
import { adminJson, runAdmin } from '#test/support/admin.ts';

let engine: Engine;
let kms: Server;
let environment: Record<string, string>;
const keysUsed = new Set<string>();

/** KMS that hands out what it was given, the other way round. */
function fakeKms(): Server {
  return createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request);
    const { KeyId, Plaintext, CiphertextBlob } = JSON.parse(Buffer.concat(chunks).toString());
    keysUsed.add(KeyId);
    const swapped = Buffer.from(Plaintext ?? CiphertextBlob, 'base64')
      .reverse()
      .toString('base64');
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(Plaintext ? { CiphertextBlob: swapped } : { Plaintext: swapped }));
  }).listen(0, '127.0.0.1');
}

beforeAll(async () => {
  prepareSdk(true);
  kms = fakeKms();
  await once(kms, 'listening');
  engine = await startEngine(null);
  const names = { ledger: 'pasarela-qa-ledger', access: 'pasarela-qa-access' };
  await createTables(dynamoClient(engine.endpoint), names);
  environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${(kms.address() as AddressInfo).port}`,
  };
});

afterAll(async () => {
  kms.close();
  await engine.stop();
});

describe('admin --stage', () => {
  test('works on the tables and the key of the stage', async () => {
    await adminJson(environment, '--stage', 'qa', 'init');
    const merchant = await adminJson(environment, '--stage', 'qa', 'merchant', 'create', 'Acme');
    expect(merchant.signature).toMatch(/^[0-9a-f]{32}$/);
    const list: unknown = await adminJson(environment, 'merchant', 'list', '--stage', 'qa');
    expect(list).toMatchObject([{ name: 'Acme' }]);
    expect([...keysUsed]).toEqual(['alias/pasarela-qa-data-key']);
  });

  test('says when there is no such stage', async () => {
    const { code, stderr } = await runAdmin(environment, '--stage', 'nope', 'merchant', 'list');
    expect([code, stderr]).toEqual([
      1,
      'There is no such deployment: check the stage and the region.\n',
    ]);
  });

  test('says when there are no credentials', async () => {
    const without = {
      ...environment,
      AWS_ACCESS_KEY_ID: '',
      AWS_EC2_METADATA_DISABLED: 'true',
      HOME: '/nonexistent',
    };
    const { code, stderr } = await runAdmin(without, '--stage', 'qa', 'merchant', 'list');
    expect([code, stderr]).toEqual([
      1,
      'There are no AWS credentials: sign in, or set AWS_PROFILE.\n',
    ]);
  });
});
