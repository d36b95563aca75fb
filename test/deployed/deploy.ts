import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environmentSigner, signedCall } from '#aws/signed-call.ts';
import { openTarget, type Target } from '#infra/cli/target.ts';
import { type Demo, demoOf } from '#infra/local/demo.ts';
import type { Emulator } from './emulator.ts';

const run = promisify(execFile);

const STAGE = 'dev';
const ACCOUNT = '000000000000';
const CDK = join('node_modules', '.bin', 'cdk');

/** Of this stage: receivers of notifications are on this machine, and mail has a sender. */
const SETTINGS = {
  ALLOW_PRIVATE_ADDRESSES: 'true',
  MAIL_FROM: 'pay@shop.example',
  ACCESS_CACHE_SECONDS: '0',
  SANDBOX_DEVICE_SECONDS: '0',
};

/** A stage in an emulator, with the demo merchant in it. */
export interface DeployedStage extends AsyncDisposable {
  /** What a client needs of the demo merchant, at the addresses of the deployed APIs. */
  demo: Demo;
  target: Target;
}

/** Deploys what was bundled with the CDK's own CLI, as a team does, and makes the demo merchant. */
export async function deployInto(emulator: Emulator): Promise<DeployedStage> {
  Object.assign(process.env, emulator.environment);
  const folder = mkdtempSync(join(tmpdir(), 'pasarela-deployed-'));
  const outputs = join(folder, 'outputs.json');
  // The CDK adds what is said of stages here to what the project says.
  process.env.HOME = folder;
  const context = { stages: { [STAGE]: { settings: SETTINGS } } };
  writeFileSync(join(folder, '.cdk.json'), JSON.stringify({ context }));
  await cdk('bootstrap', `aws://${ACCOUNT}/${emulator.environment.AWS_REGION}`);
  await cdk('deploy', '--all', '--require-approval', 'never', '--outputs-file', outputs);
  const resources = new AsyncDisposableStack();
  const target = await openTarget({ stage: STAGE, dataDir: '' }, resources);
  await target.access.createVault();
  await verifySender();
  const [paylands, highlevel] = addressesIn(outputs, emulator);
  const demo = await demoOf(target, paylands);
  return {
    demo: { ...demo, highlevel: { ...demo.highlevel, baseUrl: highlevel } },
    target,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** What the owner of the address does once: SES sends for nobody whom it does not know. */
async function verifySender(): Promise<void> {
  await signedCall(environmentSigner, {
    service: 'ses',
    host: 'email',
    path: '/v2/email/identities',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ EmailIdentity: SETTINGS.MAIL_FROM }),
    repeatable: false,
  });
}

async function cdk(...args: string[]): Promise<void> {
  await run(CDK, ['--ci', ...args], { maxBuffer: 64 * 1024 * 1024 }).catch((error) => {
    throw new Error(`cdk ${args[0]} failed:\n${error.stdout}\n${error.stderr}`);
  });
}

/** The emulator's own form of the addresses, which needs no names of hosts to be resolved. */
function addressesIn(outputs: string, { url }: Emulator): [paylands: string, highlevel: string] {
  const all: Record<string, Record<string, string>> = JSON.parse(readFileSync(outputs, 'utf8'));
  const urls = Object.values(all['pasarela-dev-api'] ?? {});
  const at = (address: string | undefined) => {
    const api = /^\w+:\/\/(\w+)\.execute-api/.exec(address ?? '')?.[1];
    if (api === undefined) throw new Error(`No address of an API among ${urls.join(', ')}`);
    return `${url}/_aws/execute-api/${api}/$default`;
  };
  const paylands = urls.find((address) => address.endsWith('/v1'));
  const highlevel = urls.find((address) => !address.includes('/v1'));
  return [at(paylands), at(highlevel)];
}
