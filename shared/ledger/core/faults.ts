/**
 * What a sandbox merchant has asked to go wrong, for one request or until further notice; see
 * docs/sandbox.md, "Faults on demand". Nothing of it exists in a live environment.
 */
export interface Faults {
  /** The acquirer refuses what it is asked, whatever the card. */
  refused?: true;
  /** The acquirer acts and its answer never comes: the outcome is unknown until it is asked for. */
  timeout?: true;
  /** The acquirer takes so many seconds. */
  delaySeconds?: number;
  /** The API answers a 5xx, before or after it has done its work. */
  answer?: { status: FaultStatus; when: 'before' | 'after' };
  /** Notifications come twice. */
  notifiesTwice?: true;
  /** Notifications come so many seconds late. */
  notifiesLateSeconds?: number;
}

const STATUSES = [500, 502, 503, 504] as const;

export type FaultStatus = (typeof STATUSES)[number];

const MAX_DELAY_SECONDS = 60;

/** As long as a queue keeps a message back. */
const MAX_LATE_SECONDS = 900;

/** How each fault is written. */
export const FAULT_FORMS =
  'refused, timeout, delay=1..60, error, error=500|502|503|504, error-after, notify-twice, notify-late=1..900';

/** Faults as they are written, separated by commas: `timeout, notify-late=30`; null is no fault. */
export function parseFaults(text: string): Faults | null {
  const faults: Faults = {};
  for (const one of text.split(',')) {
    const part = faultOf(one.trim());
    if (part === null) return null;
    Object.assign(faults, part);
  }
  return faults;
}

/** Faults as they are written. */
export function faultsText(faults: Faults): string {
  const { refused, timeout, delaySeconds, answer, notifiesTwice, notifiesLateSeconds } = faults;
  return [
    ...(refused ? ['refused'] : []),
    ...(timeout ? ['timeout'] : []),
    ...(delaySeconds === undefined ? [] : [`delay=${delaySeconds}`]),
    ...(answer === undefined
      ? []
      : [`${answer.when === 'before' ? 'error' : 'error-after'}=${answer.status}`]),
    ...(notifiesTwice ? ['notify-twice'] : []),
    ...(notifiesLateSeconds === undefined ? [] : [`notify-late=${notifiesLateSeconds}`]),
  ].join(', ');
}

function faultOf(text: string): Faults | null {
  const [name = '', value] = text.split('=', 2);
  switch (name) {
    case 'refused':
      return value === undefined ? { refused: true } : null;
    case 'timeout':
      return value === undefined ? { timeout: true } : null;
    case 'notify-twice':
      return value === undefined ? { notifiesTwice: true } : null;
    case 'delay': {
      const delaySeconds = secondsIn(value, MAX_DELAY_SECONDS);
      return delaySeconds === null ? null : { delaySeconds };
    }
    case 'notify-late': {
      const notifiesLateSeconds = secondsIn(value, MAX_LATE_SECONDS);
      return notifiesLateSeconds === null ? null : { notifiesLateSeconds };
    }
    case 'error':
    case 'error-after': {
      const status = STATUSES.find((known) => String(known) === (value ?? '500'));
      const when = name === 'error' ? 'before' : 'after';
      return status === undefined ? null : { answer: { status, when } };
    }
    default:
      return null;
  }
}

function secondsIn(text: string | undefined, most: number): number | null {
  const seconds = /^\d{1,3}$/.test(text ?? '') ? Number(text) : 0;
  return seconds >= 1 && seconds <= most ? seconds : null;
}
