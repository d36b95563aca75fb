import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#infra/local/free-port.ts';

/** Another version may do something else: what is proven is proven with this one. */
const VERSION = 'ministack==1.5.33';

const ROOT = join(import.meta.dirname, '..', '..');

/** Holds the emulator itself and what it writes; ignored by git. */
const FOLDER = join(ROOT, '.ministack');
const SITE = join(FOLDER, VERSION);

const REGION = 'us-east-1';
const READY_MS = 60_000;

/** An AWS on this machine that checks what roles may do. */
export interface Emulator {
  url: string;
  /** With which the CDK, the SDK and the administration reach it. */
  environment: Record<string, string>;
  /** What it refused where AWS would have refused it, and it itself would not. */
  refusals(): string[];
  /** Every decision about a role: role, action, resource, decision. */
  decisions(): string[][];
  stop(): Promise<void>;
}

/** Installs the emulator into the project's folder; says why that cannot be done here, or null. */
export function installEmulator(): string | null {
  if (existsSync(join(SITE, 'ministack'))) return null;
  mkdirSync(FOLDER, { recursive: true });
  const options = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore'];
  const install = ['-m', 'pip', 'install', ...options, '--target', SITE, VERSION];
  const { status, error, stderr } = spawnSync('python3', install, { encoding: 'utf8' });
  if (status === 0) return null;
  rmSync(SITE, { recursive: true, force: true });
  return `Python 3 with pip cannot install ${VERSION} here: ${error?.message ?? stderr.trim()}`;
}

/** Starts an emulator with nothing in it. */
export async function startEmulator(): Promise<Emulator> {
  const port = await freePort();
  const [log, trace] = [join(FOLDER, 'emulator.log'), join(FOLDER, `decisions-${port}.tsv`)];
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('python3', [join(import.meta.dirname, 'emulator.py')], {
    env: {
      // Functions run on the Node that runs this.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: FOLDER,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONPATH: SITE,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_REGION: REGION,
      AUTH: 'true',
      IAM_TRACE: trace,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  await untilReady(child, url, log);
  return {
    url,
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: REGION,
      CDK_DISABLE_CLI_TELEMETRY: '1',
    },
    refusals: () => linesOf(log).filter((line) => line.startsWith('REFUSED ')),
    decisions: () => linesOf(trace).map((line) => line.split('\t')),
    async stop() {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
      file.end();
    },
  };
}

async function untilReady(child: ChildProcess, url: string, log: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The emulator ended:\n${linesOf(log).join('\n')}`);
    const answer = await fetch(`${url}/_ministack/health`).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`The emulator did not start within ${READY_MS / 1000} s: see ${log}`);
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}
