import type { Card } from '#ledger/cards/card.ts';
import type { Template } from '#ledger/core/template.ts';
import type { Order } from '#ledger/orders/order.ts';
import { type Html, html } from './html.ts';
import type { Language, Words } from './language.ts';
import { fill, money } from './locale.ts';
import type { Look } from './look.ts';
import { icon } from './marks.ts';

/** A card that can be tried in the sandbox. */
export interface TestCardView {
  pan: string;
  cvv: string;
  /** What becomes of the order's payment with it. */
  use: keyof Words['testUses'];
}

/** What the pages of an order show. */
export interface OrderView {
  order: Order;
  merchant: string;
  isSandbox: boolean;
  template: Template;
  language: Language;
  look: Look;
  framedBy: readonly string[] | null;
  /** Of the merchant: IANA, such as `Europe/Madrid`. */
  timeZone: string;
  /** What can be tried in the sandbox; none in live. */
  testCards: readonly TestCardView[];
  /** Names this showing of the form: sending it twice is sending it once. */
  attempt: string;
}

/** What was wrong with a form and what is shown again of it: never a number or a security code. */
export interface Problems {
  errors: Readonly<Record<string, string>>;
  values: Readonly<Record<string, string>>;
}

export const NO_PROBLEMS: Problems = { errors: {}, values: {} };

/** The order's amount as its reader writes it. */
export function amountOf({ order, language }: OrderView): string {
  return money(order.amount, order.currency, language.locale);
}

/** The placeholders of the texts about an order. */
export function valuesOf(view: OrderView): Record<string, string> {
  return { amount: amountOf(view), merchant: view.merchant };
}

/** Who is paid how much, and for what. */
export function orderHead(view: OrderView, title: string): Html {
  const { order, language, template } = view;
  const logo = template.logo === null ? null : html`<img src="${template.logo}" alt="">`;
  return html`<div class="head">${logo}<h1>${title}</h1>${icon('lock')}</div>
<p class="amount">${amountOf(view)}</p>
<p class="soft">${order.description}</p>
${order.reference === null ? null : facts([[language.words.reference, order.reference]])}`;
}

/** Facts with their names. */
export function facts(rows: readonly (readonly [name: string, value: string])[]): Html {
  return html`<dl class="facts">${rows.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`;
}

/** What is paid beside what its payer does, where there is room for two columns. */
export function besides(head: Html, work: Html): Html {
  return html`<div class="about">${head}</div>
<div class="work">${work}</div>`;
}

/** A stored card in words. */
export function cardText(card: Card, { words }: Language): string {
  const { brand, last4, expiryMonth: month, expiryYear: year } = card;
  return fill(words.card, { brand, last4, month, year });
}

/** A line for what is wrong with a field; it keeps its place and is read out when it changes. */
export function errorLine(name: string, problems: Problems): Html {
  const text = problems.errors[name] ?? '';
  return html`<p class="error" id="${name}-error" aria-live="polite">${text}</p>`;
}

/** The field that the form names first among those that are wrong. */
export function firstWrong(names: readonly string[], problems: Problems): string | null {
  return names.find((name) => problems.errors[name] !== undefined) ?? null;
}

/** Attributes of a field that may be wrong. */
export function fieldState(name: string, problems: Problems, focused: string | null): Html {
  const isWrong = problems.errors[name] !== undefined;
  const focus = focused === name ? html` autofocus` : null;
  return html`id="${name}" name="${name}" aria-describedby="${name}-error" aria-invalid="${String(isWrong)}"${focus}`;
}
