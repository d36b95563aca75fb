import type { PaymentFilter } from '#ledger/orders/order-lists.ts';
import type { PaymentFacets, TransactionEntry } from '#ledger/orders/order-store.ts';
import { DIRECT_CHANNEL } from '#ledger/purchases/purchase.ts';
import type { Parts } from '#store/lists/counts.ts';
import { nameOf } from './channel-names.ts';

const PAYMENT = 'payment';

/** The part of payments by no channel and at no terminal. */
const MOST_ARE = `${PAYMENT}/${DIRECT_CHANNEL.type}`;

/**
 * The part of the list of transactions that one belongs to: whether it is a payment, the channel it
 * came by, and the terminal. So lists by any of these are counted, and found, by the book.
 */
export function partOfTransaction(
  { order }: Pick<TransactionEntry, 'order'>,
  payment: PaymentFacets | null,
): string {
  const terminal = nameOf(order.service.terminal);
  const names =
    payment === null
      ? ['', '', '', terminal]
      : [PAYMENT, nameOf(payment.channelType), nameOf(payment.channelSubType), terminal];
  return names.join('/').replace(/\/+$/, '');
}

/**
 * Whether an index has the transactions of a part by themselves: those that came by a channel of a
 * shop or have a terminal. All others are what most are, and are read as they lie.
 */
export function isApart(part: string): boolean {
  return !PLAIN.includes(part);
}

const PLAIN = ['', MOST_ARE];

/** Whether there are transactions among some parts that no index has by themselves. */
export function hasPlain(parts: Parts): boolean {
  return PLAIN.some(parts);
}

/** The payments that came by a channel, or all. */
export function paymentParts({ channelType, channelSubType }: PaymentFilter): Parts {
  return (part) => {
    const [kind, type, subType = ''] = part.split('/');
    if (kind !== PAYMENT) return false;
    if (channelType !== undefined && type !== nameOf(channelType)) return false;
    return channelSubType === undefined || subType === nameOf(channelSubType);
  };
}

/** The transactions of a terminal. */
export function terminalParts(terminal: string): Parts {
  return (part) => part.split('/')[3] === nameOf(terminal);
}
