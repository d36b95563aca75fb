import type { Deadline } from '#ledger/core/deadline.ts';
import { objectIdFromUuid } from '#ledger/core/ids.ts';
import type { Order, Transaction } from './order.ts';
import type { OrderState } from './standing.ts';

/** A page of the entries created within a time, newest first. */
export interface Page {
  /** Inclusive, milliseconds since 1970, a whole minute; null for no lower bound. */
  fromMs: number | null;
  /** Exclusive, milliseconds since 1970, a whole minute; null for no upper bound. */
  toMs: number | null;
  limit: number;
  offset: number;
  /**
   * Until when it has to be read. Where so much has never been counted that it takes longer, it is
   * refused as `list_being_counted`, and the next one goes on. Without one all is counted.
   */
  deadline?: Deadline;
}

/** Which orders to list: each criterion that is given narrows the list. */
export interface OrderFilter {
  contact?: string;
  channel?: string;
  /** Any of these. */
  products?: readonly string[];
  /** Any of these. */
  states?: readonly OrderState[];
  /** Beginnings of words of its names, in any case, or its id. */
  text?: string;
}

/** Which payments to list: each criterion that is given narrows the list. */
export interface PaymentFilter {
  order?: string;
  contact?: string;
  subscription?: string;
  channelType?: string;
  channelSubType?: string;
  /** Beginnings of words of its order's names, in any case, or the id of its order. */
  text?: string;
}

/** A payment of an order, as the order is now. */
export interface Payment {
  order: Order;
  transaction: Transaction;
}

/** A page of a list, and how many entries the whole list has. */
export interface Listed<T> {
  entries: T[];
  total: number;
}

/**
 * Whether a transaction is a payment, that is, an attempt to take a buyer's money. Captures, voids
 * and refunds belong to a payment and are none.
 */
export function isPayment(transaction: Transaction): boolean {
  return ['sale', 'hold', 'manual'].includes(transaction.kind);
}

/** Whether an order is listed among the orders: payouts are not sales. */
export function isSale({ intent }: Order): boolean {
  return intent !== 'payout' && intent !== 'transfer';
}

/** Longer words are cut to this length. */
const MAX_WORD = 60;

/**
 * The different words of a text, by which it is found; an address or a number is one word. Letters
 * are the same however a keyboard composes them, or how wide it makes them; a capital İ is an i.
 */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('i\u0307', 'i');
  const words = plain.match(/[\p{L}\p{N}][\p{L}\p{N}@._+-]*/gu) ?? [];
  return [...new Set(words.map((word) => word.slice(0, MAX_WORD)))];
}

/**
 * Whether each word of a text is the beginning of a word in an order's names, or the text is the
 * order's id.
 */
export function isNamed(order: Order, text: string): boolean {
  const ids = [order.uuid, objectIdFromUuid(order.uuid) ?? ''];
  if (ids.includes(text.toUpperCase()) || ids.includes(text)) return true;
  const names = wordsOf(searchTextOf(order));
  const words = wordsOf(text);
  return words.length > 0 && words.every((word) => names.some((name) => name.startsWith(word)));
}

/**
 * The text that a search looks at: the names that people know an order by, the buyer's first, for
 * of many words only the first count. The description of a row of a file is the file's name, which
 * tells none of its orders from the others.
 */
export function searchTextOf({ purchase, description, transactions }: Order): string {
  const isOfFile = transactions[0]?.conditions.unattended === true;
  const names = [
    purchase?.contact?.name,
    purchase?.contact?.email,
    isOfFile ? null : description,
    purchase?.channel.name,
    ...(purchase?.items ?? []).map((item) => item.name),
  ];
  return names
    .filter((name) => name !== null && name !== undefined)
    .join('\n')
    .slice(0, 1000)
    .toLowerCase();
}
