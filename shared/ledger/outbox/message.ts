import type { ObjectId, OrderUuid } from '#ledger/core/ids.ts';

/**
 * A message to a buyer, written in the same transaction as the event that it tells of, so that it
 * is sent if and only if that happened. A schedule sends what is due, at least once.
 */
export interface Message {
  /** The id of the fulfilment that it tells of. */
  id: ObjectId;
  version: number;
  kind: 'order_fulfilled';
  /** An e-mail address. */
  to: string;
  order: OrderUuid;
  createdAt: string;
  state: 'due' | 'sent' | 'given_up';
  /** When it is to be sent, in real time. */
  dueAt: string | null;
  attempts: number;
}

/** Delays before the second, third … attempt to send a message. */
const RETRY_MINUTES = [5, 60, 360];

/** The message before an attempt to send it: due again later, in case the attempt never ends. */
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
