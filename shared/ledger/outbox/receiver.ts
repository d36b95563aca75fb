/**
 * The circuit breaker of a server that notifications are posted to. It exists only while something
 * is wrong with the server.
 */
export interface Receiver {
  /** Scheme, host and port. */
  origin: string;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  /** Until when its notifications go to the queue of slow receivers. */
  slowUntilMs: number;
  /** How often in a row it has not answered at all. */
  silences: number;
  /** Until when nothing is posted to it. */
  shutUntilMs: number;
  /** Whether a single notification is being posted to try whether it answers again. */
  onTrial: boolean;
}

/** How a notification for a receiver is dealt with. */
export type Turn =
  | 'send'
  /** It may be posted to try the receiver, if it becomes the one trial. */
  | 'try'
  /** Another notification is the trial at this moment. */
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

/** A receiver that was too slow: it is tried with one notification before others follow. */
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

/** A receiver that is on trial with one notification. */
export function tried(receiver: Receiver, nowMs: number): Receiver {
  return {
    ...receiver,
    version: receiver.version + 1,
    shutUntilMs: nowMs + TRIAL_MS,
    onTrial: true,
  };
}

/**
 * The breaker's next state after a delivery; null when it has not changed.
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
