/** What goes wrong in the process that runs a simulation instead of in its world. */
interface Watch {
  begins(seed: number): void;
  /** What went wrong during the run that ends. */
  ends(): string[];
  stop(): void;
}

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Makes findings of what would end the process, or end it without a word: an error that nobody has
 * caught, which on AWS would end a function; a run that waits for what never comes; a signal.
 */
export function watchProcess(say: (text: string) => void): Watch {
  let current: number | null = null;
  let findings: string[] = [];
  const find = (what: string) => (error: unknown) => {
    findings.push(`${what}: ${error instanceof Error ? error.stack : String(error)}`);
  };
  const onRejection = find('a promise was rejected and nobody has noticed');
  const onException = find('an error was thrown and nobody has caught it');
  const onExit = (code: number) => {
    if (current !== null) say(`seed ${current}: the process ended in its midst, exit code ${code}`);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    say(`seed ${current}: ended by ${signal}`);
    current = null;
    process.exit(1);
  };
  process.on('unhandledRejection', onRejection);
  process.on('uncaughtException', onException);
  process.on('exit', onExit);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    begins(seed) {
      current = seed;
      findings = [];
    },
    ends() {
      current = null;
      return findings;
    },
    stop() {
      process.off('unhandledRejection', onRejection);
      process.off('uncaughtException', onException);
      process.off('exit', onExit);
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
