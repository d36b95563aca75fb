import type { Uuid } from '#ledger/core/ids.ts';

/** A merchant's own words of a message with a link to pay; `MESSAGE_VALUES` are filled in. */
export interface MessageTexts {
  mail?: string;
  sms?: string;
}

/** What a message can say of its order, as `{url}`. */
export const MESSAGE_VALUES = ['merchant', 'amount', 'description', 'url', 'time'] as const;

export type MessageValue = (typeof MESSAGE_VALUES)[number];

/** How a merchant's pages look and its links are sent; absent parts are as by default. */
export interface Template {
  uuid: Uuid;
  name: string;
  /** `#rrggbb`: the colour of buttons and of what is chosen. */
  accent: string;
  /** An image as a data URL, so that pages load nothing from elsewhere. */
  logo: string | null;
  /** The origins of the shops that may frame the pages; absent: those of an order's addresses. */
  framedBy?: readonly string[];
  messages?: MessageTexts;
}

export const DEFAULT_TEMPLATE: Template = {
  uuid: '',
  name: 'Pasarela',
  accent: '#1d4ed8',
  logo: null,
};

/** The longest logo, as a data URL: it is part of every page, which should stay below 40 KB. */
export const MAX_LOGO_CHARACTERS = 12_288;
