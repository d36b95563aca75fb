import { dateText, fill, type Language, money } from '#faces/pages/views/language.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Destination } from './destination.ts';
import type { Message } from './message.ts';

/** The message that asks somebody to pay an order, in a language. */
export function linkMessage(
  order: Order,
  merchant: Merchant,
  destination: Destination,
  link: { url: string; subject: string; language: Language; sender?: string },
): Message {
  const { words, locale } = link.language;
  const values = {
    merchant: merchant.name,
    amount: money(order.amount, order.currency, locale),
    description: order.description,
    url: link.url,
    time: dateText(order.expiresAt, merchant.timeZone, link.language),
  };
  const { sms, greeting, text, link: lead, until } = words.message;
  if (destination.channel === 'sms') {
    const { sender } = link;
    return { ...destination, text: fill(sms, values), ...(sender === undefined ? {} : { sender }) };
  }
  const lines = [greeting, '', text, '', lead, '{url}', '', until].map((one) => fill(one, values));
  return { ...destination, subject: link.subject, text: lines.join('\n') };
}
