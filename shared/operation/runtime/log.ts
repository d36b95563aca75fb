import type { Settings } from './settings.ts';

/**
 * What may be logged of a request: identifiers and measures only. Bodies, headers and query
 * strings can hold card numbers and secrets, so there is no field for them.
 */
export interface LogFields {
  requestId?: string;
  function?: string;
  merchant?: string;
  environment?: string;
  order?: string;
  batch?: string;
  line?: number;
  status?: number;
  durationMs?: number;
  count?: number;
  replayed?: boolean;
  /** The class or code of an error, never its message: messages can quote input. */
  error?: string;
  stack?: string;
}

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = Exclude<(typeof LEVELS)[number], 'silent'>;

/** Writes one structured line. */
export type Log = (level: LogLevel, event: string, fields: LogFields) => void;

/** A log that writes JSON lines of a level and above to standard output. */
export function createLog(least: Settings['LOG_LEVEL']): Log {
  return (level, event, fields) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const line = { time: new Date().toISOString(), level, event, ...fields };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
}

/** An error as it may be logged: its kind and where it came from, not what it said. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { error: error.name, stack: frames?.slice(0, 8).join('\n') ?? '' };
}
