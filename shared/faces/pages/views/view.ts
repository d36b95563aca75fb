import type { Card } from '#ledger/cards/card.ts';
import type { Template } from '#ledger/core/template.ts';
import type { Order } from '#ledger/orders/order.ts';
import { type Html, html } from './html.ts';
import { fill, type Language, money } from './language.ts';

/** What the pages of an order show. */
export interface OrderView {
  order: Order;
  merchant: string;
  isSandbox: boolean;
  template: Template;
  language: Language;
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
  return money(order.amount, order.currency, language.code);
}

/** The placeholders of the texts about an order. */
export function valuesOf(view: OrderView): Record<string, string> {
  return { amount: amountOf(view), merchant: view.merchant };
}

/** What is paid, and for what. */
export function orderHead(view: OrderView, title: string): Html {
  return html`<h1>${title}</h1>
<p class="amount">${amountOf(view)}</p>
<p class="soft">${view.order.description}</p>`;
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
