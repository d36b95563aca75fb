import { type ChildProcess, fork } from 'node:child_process';
import { type Result, simulate } from './run.ts';
import { watchProcess } from './watch-process.ts';

/** Plays runs, one after another. */
export interface Player {
  play(seed: number): Promise<Result>;
  end(): void;
}

/** The option of a process that plays what it is sent. */
export const PLAYER = '--player';

/** Plays in this process; what goes wrong with the process itself is a finding of the run. */
export function playerHere(showHistory: boolean): Player {
  const watch = watchProcess((text) => process.stdout.write(`${text}\n`));
  return {
    async play(seed) {
      watch.begins(seed);
      const played = await simulate(seed, showHistory);
      return { ...played, findings: [...played.findings, ...watch.ends()] };
    },
    end: () => watch.stop(),
  };
}

/** Plays in a process of its own, and in another one when that has ended in the midst of a run. */
export function playerBeside(showHistory: boolean): Player {
  const start = () => fork(scriptOf(process.argv), [PLAYER, ...(showHistory ? ['--history'] : [])]);
  let child = start();
  return {
    async play(seed) {
      const result = await playedBy(child, seed);
      if (child.exitCode !== null || child.signalCode !== null) child = start();
      return result;
    },
    end: () => child.disconnect(),
  };
}

function scriptOf([, script]: readonly string[]): string {
  if (script === undefined) throw new Error('A simulation is run by its script');
  return script;
}

function playedBy(child: ChildProcess, seed: number): Promise<Result> {
  const { promise, resolve } = Promise.withResolvers<Result>();
  const onMessage = (result: unknown) => {
    child.off('exit', onExit);
    resolve(result as Result);
  };
  const onExit = (code: number | null, signal: string | null) => {
    child.off('message', onMessage);
    const finding = `the process ended in its midst: ${signal ?? `exit code ${code}`}`;
    resolve({ seed, findings: [finding], history: '' });
  };
  child.once('message', onMessage);
  child.once('exit', onExit);
  child.send(seed);
  return promise;
}

/** Plays the seeds that the parent sends, until it has no more. */
export async function playOnDemand(showHistory: boolean): Promise<void> {
  const player = playerHere(showHistory);
  const { promise, resolve } = Promise.withResolvers<void>();
  process.on('message', async (seed) => {
    process.send?.(await player.play(Number(seed)));
  });
  process.on('disconnect', resolve);
  await promise;
  process.exit();
}
