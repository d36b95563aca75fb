import type { ObjectId, Uuid } from './ids.ts';

/**
 * Something that a buyer is to be told, written in the transaction of what it is about, so that it
 * is told if that happened and only then. Who delivers messages finds them by their order.
 */
export interface Message {
  id: ObjectId;
  kind: 'order_fulfilled';
  /** An e-mail address. */
  to: string;
  order: Uuid;
  createdAt: string;
}
