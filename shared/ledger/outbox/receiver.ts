/**
 * What is remembered of a server that notifications go to while something is wrong with it; one
 * that answers in time is not remembered.
 */
export interface Receiver {
  /** Scheme, host and port. */
  origin: string;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  /** Until when its notifications wait their turn apart from those of others. */
  slowUntilMs: number;
  /** How often it did not answer at all since it last did. */
  silences: number;
  /** Until when it is not asked again. */
  shutUntilMs: number;
  /** Whether one notification is on its way to see. */
  onTrial: boolean;
}

/** How a notification for a receiver is dealt with. */
export type Turn =
  | 'send'
  /** Somebody has to try first, and may be this one. */
  | 'try'
  /** Somebody is trying at this moment. */
  | 'wait'
  | 'give_up';

/** How long a receiver counts as slow after it was. */
const SLOW_MS = 3600_000;

/** An answer that takes no longer is in time. */
const QUICK_MS = 1000;

/** How long one that did not answer is left alone: longer each time. */
const SHUT_MS = 30_000;
const MAX_SHUT_MS = 15 * 60_000;

/** A trial ends by itself, should nobody say how it went. */
const TRIAL_MS = 20_000;

export function originOf(url: string): string {
  return URL.parse(url)?.origin ?? '';
}

export function isSlow(receiver: Receiver | null, nowMs: number): boolean {
  return receiver !== null && receiver.slowUntilMs > nowMs;
}

export function turnAt(receiver: Receiver | null, nowMs: number): Turn {
  if (receiver === null || receiver.silences === 0) return 'send';
  if (receiver.shutUntilMs <= nowMs) return 'try';
  return receiver.onTrial ? 'wait' : 'give_up';
}

/** One that did not answer as quickly as the others do; whether it answers at all is to be tried. */
export function slowed(receiver: Receiver | null, origin: string, nowMs: number): Receiver {
  const { version = 0, silences = 0 } = receiver ?? {};
  return {
    origin,
    version: version + 1,
    slowUntilMs: nowMs + SLOW_MS,
    silences: silences || 1,
    shutUntilMs: nowMs,
    onTrial: false,
  };
}

/** One that is tried now, by one notification only. */
export function tried(receiver: Receiver, nowMs: number): Receiver {
  return {
    ...receiver,
    version: receiver.version + 1,
    shutUntilMs: nowMs + TRIAL_MS,
    onTrial: true,
  };
}

/**
 * What is to be remembered after it was asked; null when nothing has changed.
 * @param answerMs how long the answer took, null when there was none
 */
export function asked(
  receiver: Receiver | null,
  origin: string,
  answerMs: number | null,
  nowMs: number,
): Receiver | null {
  const { version = 0, silences = 0, slowUntilMs = 0 } = receiver ?? {};
  const next = { origin, version: version + 1, shutUntilMs: 0, silences: 0, onTrial: false };
  if (answerMs === null) {
    const shutMs = Math.min(MAX_SHUT_MS, SHUT_MS * 2 ** Math.min(silences, 10));
    return {
      ...next,
      silences: silences + 1,
      slowUntilMs: nowMs + SLOW_MS,
      shutUntilMs: nowMs + shutMs,
    };
  }
  if (answerMs <= QUICK_MS) return receiver === null ? null : { ...next, slowUntilMs: 0 };
  return silences === 0 && slowUntilMs > nowMs ? null : { ...next, slowUntilMs: nowMs + SLOW_MS };
}
