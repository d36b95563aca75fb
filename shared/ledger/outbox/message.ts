import type { ObjectId, Uuid } from '#ledger/core/ids.ts';

/**
 * Something that a buyer is to be told, written in the transaction of what it is about, so that it
 * is told if that happened and only then. A schedule sends what is due, at least once.
 */
export interface Message {
  /** That of the fulfilment that it tells of. */
  id: ObjectId;
  version: number;
  kind: 'order_fulfilled';
  /** An e-mail address. */
  to: string;
  order: Uuid;
  createdAt: string;
  state: 'due' | 'sent' | 'given_up';
  /** When it is to be sent, in real time. */
  dueAt: string | null;
  attempts: number;
}

/** Delays before the second, third … attempt to send a message. */
const RETRY_MINUTES = [5, 60, 360];

/** A message as it is before an attempt: due again later, should the attempt not come to its end. */
export function beforeAttempt(message: Message, nowMs: number): Message {
  const delay = RETRY_MINUTES[message.attempts];
  return {
    ...message,
    version: message.version + 1,
    attempts: message.attempts + 1,
    state: delay === undefined ? 'given_up' : 'due',
    dueAt: delay === undefined ? null : new Date(nowMs + delay * 60_000).toISOString(),
  };
}

export function afterSending(message: Message): Message {
  return { ...message, version: message.version + 1, state: 'sent', dueAt: null };
}
