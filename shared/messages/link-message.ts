import { dateText, fill, type Locale, money } from '#faces/pages/views/locale.ts';
import type { Merchant } from '#ledger/core/merchant.ts';
import type { MessageTexts, MessageValue } from '#ledger/core/template.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { Destination } from './destination.ts';
import { LINK_WORDS } from './link-words.ts';
import type { Message } from './message.ts';

/** The message that asks somebody to pay an order, in the merchant's own words or a language's. */
export function linkMessage(
  order: Order,
  merchant: Merchant,
  destination: Destination,
  link: {
    url: string;
    subject: string;
    language: Locale;
    sender?: string;
    own?: MessageTexts | undefined;
  },
): Message {
  const { code, locale } = link.language;
  const values: Record<MessageValue, string> = {
    merchant: merchant.name,
    amount: money(order.amount, order.currency, locale),
    description: order.description,
    url: link.url,
    time: dateText(order.expiresAt, merchant.timeZone, link.language),
  };
  const { sms, greeting, text, link: lead, until } = LINK_WORDS[code];
  if (destination.channel === 'sms') {
    const { sender } = link;
    const short = fill(link.own?.sms ?? sms, values);
    return { ...destination, text: short, ...(sender === undefined ? {} : { sender }) };
  }
  const lines = [greeting, '', text, '', lead, '{url}', '', until];
  const long = fill(link.own?.mail ?? lines.join('\n'), values);
  return { ...destination, subject: link.subject, text: long };
}
