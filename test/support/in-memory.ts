import { startEngine } from '#infra/local/engine.ts';
import { prepareSdk } from '#infra/local/environment.ts';
import { startQueueEngine } from '#infra/local/queues.ts';
import { type Local, type LocalOptions, startLocal } from '#infra/local/start.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Options = Omit<LocalOptions, 'dataDir' | 'sqsEndpoint'>;

/**
 * Runs the whole function set in this process on engines in memory: what tests see must not depend
 * on how busy a disk is.
 */
export async function startInMemory(options: Options = {}): Promise<Local> {
  const resources = new AsyncDisposableStack();
  const stop = () => resources.disposeAsync();
  try {
    return { ...(await start(options, resources)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: Options, resources: AsyncDisposableStack): Promise<Local> {
  const folder = resources.use(temporaryFolder());
  prepareSdk(true);
  const dynamodbEndpoint = options.dynamodbEndpoint ?? (await ownTables(resources));
  const queues = await startQueueEngine(null);
  resources.defer(() => queues.stop());
  const engines = { dynamodbEndpoint, sqsEndpoint: queues.endpoint };
  const local = await startLocal({ ...options, ...engines, dataDir: folder.path });
  resources.defer(() => local.stop());
  return local;
}

async function ownTables(resources: AsyncDisposableStack): Promise<string> {
  const engine = await startEngine(null);
  resources.defer(() => engine.stop());
  return engine.endpoint;
}
