import type { Grants } from '#operation/declare/declaration.ts';
import { queueVariable, variablesOf } from '#operation/declare/grants.ts';
import { readSettings, type Settings, STAGE_SETTINGS } from '#operation/runtime/settings.ts';
import type { DataFolder, Engines } from './data-folder.ts';

/** Tables and region as they are called here, unless the environment says otherwise. */
const NAMES = { LEDGER_TABLE: 'ledger', ACCESS_TABLE: 'access', AWS_REGION: 'eu-west-1' };

/** Settings of the functions that differ from their defaults on AWS. */
const LOCAL_SETTINGS = {
  ALLOW_PRIVATE_ADDRESSES: 'true',
  ACCESS_CACHE_SECONDS: '1',
  RECOVER_AFTER_SECONDS: '10',
  NOTIFICATION_RETRY_SECONDS: '1,5,15,60,300,900,3600',
};

/**
 * Gives the AWS SDK what it needs to sign requests, before the first client is made. Our own
 * engines look at no credentials, so a profile that may have expired is not asked for any.
 */
export function prepareSdk(usesOwnEngines: boolean): void {
  if (usesOwnEngines) delete process.env.AWS_PROFILE;
  setMissing({ AWS_REGION: NAMES.AWS_REGION });
  const hasCredentials = process.env.AWS_ACCESS_KEY_ID ?? process.env.AWS_PROFILE;
  if (hasCredentials === undefined) {
    setMissing({ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  }
}

/** The names of the tables. */
export function tableNames(): { ledger: string; access: string } {
  setMissing(NAMES);
  return {
    ledger: process.env.LEDGER_TABLE ?? NAMES.LEDGER_TABLE,
    access: process.env.ACCESS_TABLE ?? NAMES.ACCESS_TABLE,
  };
}

/** The environment that the functions find; what is already set stays. */
export function prepareFunctions(folder: DataFolder, engines: Engines, url: string): void {
  const queues = Object.entries(engines.queues).map(([name, at]) => [queueVariable(name), at]);
  setMissing({
    ...NAMES,
    ...LOCAL_SETTINGS,
    ...Object.fromEntries(queues),
    ...(process.env.KMS_KEY_ID === undefined ? { LOCAL_KEY_FILE: folder.key } : {}),
    MAILBOX_FILE: folder.mailbox,
    DYNAMODB_ENDPOINT: engines.dynamodb,
    SQS_ENDPOINT: engines.sqs,
    PUBLIC_URL: url,
  });
}

/** Where the engines are: what the SDK finds out by itself on AWS. */
const ENDPOINTS = ['DYNAMODB_ENDPOINT', 'SQS_ENDPOINT'];

/** The settings of a function with such grants: of this process's environment, its own part. */
export function settingsOf(grants: Grants): Settings {
  const names = [...STAGE_SETTINGS, ...ENDPOINTS, ...variablesOf(grants)];
  return readSettings(Object.fromEntries(names.map((name) => [name, process.env[name]])));
}

function setMissing(values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
}
