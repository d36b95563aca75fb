import { existsSync } from 'node:fs';
import { fullDisk, watchDisk } from './full-disk.ts';
import type { LogFormat } from './request-log.ts';
import { startLocal } from './start.ts';
import { welcome } from './welcome.ts';

/** Text of the environment; empty is as good as absent. */
function setting(name: string): string | null {
  return process.env[name] || null;
}

function numberSetting(name: string, least: number, most: number): number | null {
  const text = setting(name);
  if (text === null) return null;
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new Error(`${name} must be a number from ${least} to ${most}, not "${text}"`);
}

function folder(): string {
  return setting('DATA_DIR') ?? '.data';
}

function logFormat(): LogFormat {
  const format = setting('LOG_FORMAT') ?? 'text';
  if (format === 'text' || format === 'json') return format;
  throw new Error(`LOG_FORMAT must be text or json, not "${format}"`);
}

async function main(): Promise<void> {
  // What is written, here and by the engines, is for its owner only.
  process.umask(0o077);
  const dataDir = folder();
  const local = await startLocal({
    dataDir,
    host: setting('HOST') ?? '127.0.0.1',
    port: numberSetting('PORT', 0, 65535) ?? 3000,
    dynamodbEndpoint: setting('DYNAMODB_ENDPOINT'),
    sqsEndpoint: setting('SQS_ENDPOINT'),
    scheduleSeconds: numberSetting('SCHEDULE_SECONDS', 0.1, 86_400),
    logFormat: logFormat(),
  });
  console.log(welcome(local.demo, dataDir));
  watchDisk(dataDir);
  const stop = () => {
    // A second signal does not wait.
    process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
    local.stop().then(() => process.exit(0), fail);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

function fail(error: unknown): void {
  const reason = existsSync(folder()) ? fullDisk(folder()) : null;
  console.error(reason ?? (error instanceof Error ? error.message : error));
  process.exit(1);
}

/** Runs the local server until it is told to stop; what goes wrong is said in a sentence. */
export function serve(): void {
  main().catch(fail);
}
