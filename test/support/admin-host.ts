import { keepCompiled } from '#infra/compiled.ts';

keepCompiled();
const { run } = await import('#infra/cli/program.ts');

/** A command as `admin.ts` asks for it. */
export interface AdminCall {
  id: number;
  args: string[];
  environment: Record<string, string>;
}

export interface AdminAnswer {
  id: number;
  code: number;
  stdout: string;
  stderr: string;
}

const own = { ...process.env };

/** What the command that runs has written; after its end nothing more counts. */
let said = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = (chunk: string | Uint8Array) => {
    said[name] += String(chunk);
    return true;
  };
}

function setEnvironment(environment: Record<string, string>): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, own, environment);
}

/** Runs a command as `main.ts` does, whose process ends when commander says so. */
async function answerTo({ id, args, environment }: AdminCall): Promise<AdminAnswer> {
  setEnvironment(environment);
  said = { stdout: '', stderr: '' };
  process.exitCode = undefined;
  const ended = Promise.withResolvers<AdminAnswer>();
  const answer = (code: number) => ended.resolve({ id, code, ...said });
  process.exit = (code) => {
    answer(Number(code ?? 0));
    throw new Error('The process would have ended');
  };
  await run(args);
  answer(Number(process.exitCode ?? 0));
  return ended.promise;
}

let last: Promise<unknown> = Promise.resolve();

process.on('message', (call: AdminCall) => {
  last = last.then(async () => process.send?.(await answerTo(call)));
});
process.on('disconnect', () => process.kill(process.pid));
