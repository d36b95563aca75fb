import { rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { SQSClient } from '@aws-sdk/client-sqs';
import { documentationPages } from '#infra/openapi/pages.ts';
import { createLog, type Log } from '#operation/runtime/log.ts';
import { createRuntime } from '#operation/runtime/runtime.ts';
import { readSettings } from '#operation/runtime/settings.ts';
import { takeEnvironment } from './as-function.ts';
import { claim, type Engines, openDataFolder, writeJson } from './data-folder.ts';
import { type Demo, prepareDemo } from './demo.ts';
import { type OtherEngines, startEngines } from './engines.ts';
import { prepareFunctions } from './environment.ts';
import { fullDisk } from './full-disk.ts';
import { type CatalogEntry, functionsOf } from './functions.ts';
import { gateway } from './gateway.ts';
import { ownPages } from './own-pages.ts';
import { startPoller } from './poller.ts';
import { type LogFormat, logged } from './request-log.ts';
import { compileRoutes } from './router.ts';
import { startSchedule } from './schedules.ts';
import { type LocalServer, listen } from './server.ts';
import { suggestionsOf } from './suggestions.ts';

export interface LocalOptions extends Partial<OtherEngines> {
  dataDir: string;
  host?: string;
  /** 0, the default, takes any free one. */
  port?: number;
  /** How often schedules run; by default as declared. */
  scheduleSeconds?: number | null;
  /** How requests are logged: a readable line each, the default, or JSON. */
  logFormat?: LogFormat;
}

/** The whole function set, running. */
export interface Local {
  url: string;
  demo: Demo;
  stop(): Promise<void>;
}

/**
 * Runs the whole function set in this process, where no other one runs: functions have the
 * environment of the process, with what is missing added here.
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const { host = '127.0.0.1', port = 0 } = options;
  const server = await listen(host, port);
  const resources = new AsyncDisposableStack();
  const stop = stopper(server, resources);
  try {
    const demo = await start(server, options, resources);
    return { url: server.url, demo, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  server: LocalServer,
  options: LocalOptions,
  resources: AsyncDisposableStack,
): Promise<Demo> {
  const { dynamodbEndpoint = null, sqsEndpoint = null, scheduleSeconds = null } = options;
  const folder = openDataFolder(options.dataDir);
  requireRoom(folder.path);
  resources.defer(claim(folder, server.url));
  // Clients wait for the file, and what it says may no longer be so.
  rmSync(folder.demo, { force: true });
  const engines = await startEngines(folder, { dynamodbEndpoint, sqsEndpoint }, resources);
  const { logFormat = 'text' } = options;
  const isAsked = Boolean(process.env.LOG_LEVEL);
  // A readable line says it all: who wants the functions' own asks for them.
  if (logFormat === 'text' && !isAsked) process.env.LOG_LEVEL = 'warn';
  prepareFunctions(folder, engines, server.url);
  takeEnvironment();
  const { LOG_LEVEL } = readSettings(process.env);
  const log = createLog(LOG_LEVEL);
  const [{ catalog }, demo] = await Promise.all([
    import('#functions/catalog.ts'),
    prepareDemo(folder, engines, server.url),
  ]);
  startWorkers(catalog, engines, scheduleSeconds, log, resources);
  const listener = listenerOf(catalog, folder.mailbox, demo, log);
  server.serve(logged(listener, logFormat, isAsked ? LOG_LEVEL : 'info'));
  writeJson(folder.runtime, { pid: process.pid, url: server.url, engines });
  writeJson(folder.demo, demo);
  return demo;
}

/** Without room each write would be tried again until its time is over. */
function requireRoom(path: string): void {
  const problem = fullDisk(path);
  if (problem !== null) throw new Error(problem);
}

/** The operations, and the pages of the server itself. */
function listenerOf(
  catalog: readonly CatalogEntry[],
  mailboxFile: string,
  demo: Demo,
  log: Log,
): RequestListener {
  const operations = functionsOf(catalog, 'operation');
  const api = gateway(compileRoutes(operations), log, suggestionsOf(operations));
  const docs = documentationPages(
    operations.map((one) => one.declaration),
    demo,
  );
  const runtime = createRuntime(readSettings(process.env), null);
  return ownPages({ demo, runtime, mailboxFile }, docs, api, log);
}

function startWorkers(
  catalog: readonly CatalogEntry[],
  engines: Engines,
  scheduleSeconds: number | null,
  log: Log,
  resources: AsyncDisposableStack,
): void {
  const client = new SQSClient({ endpoint: engines.sqs });
  resources.defer(() => client.destroy());
  for (const job of functionsOf(catalog, 'job')) {
    const url = engines.queues[job.declaration.queue];
    if (url === undefined) throw new Error(`There is no queue ${job.declaration.queue}`);
    const poller = startPoller({ client, url }, job, log);
    resources.defer(() => poller.stop());
  }
  for (const schedule of functionsOf(catalog, 'schedule')) {
    const timer = startSchedule(schedule, scheduleSeconds, log);
    resources.defer(() => timer.stop());
  }
}

/** Requests in flight need everything else, so the server goes first. */
function stopper(server: LocalServer, resources: AsyncDisposableStack): () => Promise<void> {
  let stopping: Promise<void> | null = null;
  return () => {
    stopping ??= server.stop().then(() => resources.disposeAsync());
    return stopping;
  };
}
