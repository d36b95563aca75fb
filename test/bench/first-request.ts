import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileWrapper } from '#crypto/file-wrapper.ts';
import { PAYLANDS_ZONE } from '#faces/paylands/time.ts';
import { bundle } from '#infra/aws/bundle.ts';
import type { Demo } from '#infra/local/demo.ts';
import { startEngine } from '#infra/local/engine.ts';
import { type ColdStart, coldStart, sdkOnly } from './cold-process.ts';
import { startServer } from './server.ts';
import { median, print, round } from './stats.ts';

const RUNS = 15;

/**
 * The first request of a new process: an order is created by a function that has just started, with
 * its credentials, its merchant and its key to find out, beside a bundle with only the SDK's client
 * that reads one item.
 */
export async function benchFirstRequest(): Promise<void> {
  const reports = await bundle();
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-bench-'));
  const engine = await startEngine(join(folder, 'ledger.db'));
  const server = await startServer({ DYNAMODB_ENDPOINT: engine.endpoint, SCHEDULE_SECONDS: '600' });
  const kms = await startKms(join(server.dataDir, 'local.key'));
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_ENDPOINT_URL: engine.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.url,
    KMS_KEY_ID: 'key',
    LEDGER_TABLE: 'ledger',
    ACCESS_TABLE: 'access',
    LOG_LEVEL: 'silent',
    TZ: PAYLANDS_ZONE,
  };
  const create = reports.find(({ path }) => path === 'paylands/payments/create-order')?.file ?? '';
  const oneItem = { TableName: 'ledger', Key: { pk: { S: 'none' }, sk: { S: 'none' } } };
  const cases = [
    ['one item by the SDK client alone', await sdkOnly(folder), oneItem],
    ['createOrder', create, createOrderEvent(server.demo.paylands)],
  ] as const;
  const took = new Map<string, ColdStart[]>(cases.map(([name]) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, file, event] of cases) {
      took.get(name)?.push(await coldStart(file, event, environment));
    }
  }
  const rows = [...took].map(([name, all]) => ({
    'first request': name,
    'import ms of CPU': round(median(all.map((one) => one.importMs))),
    'request ms of CPU': round(median(all.map((one) => one.requestMs))),
  }));
  print('The first request of a new process', rows);
  kms.stop();
  await server.stop();
  await engine.stop();
  rmSync(folder, { recursive: true });
}

/** A KMS that unwraps the data key of a local server, with the key in its file. */
async function startKms(keyFile: string) {
  const wrapper = fileWrapper(keyFile);
  const kms = createServer(async (request, response) => {
    const { CiphertextBlob } = (await json(request)) as { CiphertextBlob: string };
    const key = await wrapper.unwrap(CiphertextBlob);
    response.end(JSON.stringify({ Plaintext: Buffer.from(key).toString('base64') }));
  }).listen(0, '127.0.0.1');
  await once(kms, 'listening');
  const { port } = kms.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => kms.close() };
}

function createOrderEvent({ apiKey, signature, services }: Demo['paylands']): object {
  const path = '/v1/sandbox/payment';
  return {
    version: '2.0',
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    requestContext: {
      domainName: 'x.execute-api.eu-west-1.amazonaws.com',
      http: { method: 'POST', path, sourceIp: '192.0.2.1', userAgent: 'bench' },
    },
    isBase64Encoded: false,
    body: JSON.stringify({
      signature,
      amount: 1000,
      operative: 'AUTHORIZATION',
      description: 'Bench',
      service: services.redsys,
    }),
  };
}
