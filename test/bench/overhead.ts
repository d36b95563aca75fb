import { readFile } from 'node:fs/promises';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { atMost } from './goals.ts';
import { startServer } from './server.ts';
import { median, print, round } from './stats.ts';

const CALLS = 20_000;
const CONTEXT = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 30_000 };

/**
 * What the pipeline adds to a handler: an operation that only answers, called as Lambda calls it,
 * beside a function that parses a body and answers one.
 */
export async function benchOverhead(): Promise<void> {
  const server = await startServer();
  const { engines } = JSON.parse(await readFile(`${server.dataDir}/runtime.json`, 'utf8'));
  Object.assign(process.env, {
    LEDGER_TABLE: 'ledger',
    ACCESS_TABLE: 'access',
    DYNAMODB_ENDPOINT: engines.dynamodb,
    LOCAL_KEY_FILE: `${server.dataDir}/local.key`,
    ACCESS_CACHE_SECONDS: '600',
    LOG_LEVEL: 'silent',
  });
  const { default: operation } = await import(
    '#functions/paylands/account/check-authentication.ts'
  );
  const event = eventOf(server.demo.paylands.apiKey);
  const bare = async (one: APIGatewayProxyEventV2) => ({
    statusCode: 200,
    body: JSON.stringify({ message: 'OK', ...JSON.parse(one.body ?? '{}') }),
  });
  const bareMs = await perCall(() => bare(event));
  const pipelineMs = await perCall(() => operation.handler(event as never, CONTEXT));
  print('Pipeline overhead per call, milliseconds (median)', [
    {
      bare: round(bareMs, 4),
      operation: round(pipelineMs, 4),
      overhead: round(pipelineMs - bareMs, 4),
      goal: atMost('milliseconds of the pipeline', round(pipelineMs - bareMs, 4), 0.5),
    },
  ]);
  await server.stop();
}

async function perCall(call: () => Promise<unknown>): Promise<number> {
  const samples: number[] = [];
  for (let index = 0; index < CALLS; index += 1) {
    const startedMs = performance.now();
    await call();
    samples.push(performance.now() - startedMs);
  }
  return median(samples);
}

function eventOf(apiKey: string): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: 'GET /v1/sandbox',
    rawPath: '/v1/sandbox/',
    rawQueryString: '',
    headers: { authorization: `Bearer ${apiKey}` },
    requestContext: { domainName: 'localhost' } as APIGatewayProxyEventV2['requestContext'],
    isBase64Encoded: false,
  };
}
