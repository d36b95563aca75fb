import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import { html } from './html.ts';
import { fill, type Language, money, type Words } from './language.ts';
import { type Page, page } from './layout.ts';
import { type OrderView, valuesOf } from './view.ts';

export type Result = keyof Words['results'];

/** How often a page that waits for an outcome asks again. */
const REFRESH_SECONDS = 2;

/** Says what became of an order's payment. */
export function resultPage(view: OrderView, result: Result): Page {
  const { title, text } = view.language.words.results[result];
  return page({
    ...view,
    title,
    ...(result === 'waiting' ? { refreshSeconds: REFRESH_SECONDS } : {}),
    body: html`<div role="status"><h1>${title}</h1>
<p class="soft">${fill(text, { ...valuesOf(view), amount: amountMoved(view) })}</p></div>`,
  });
}

/** What was taken or held: an approval may be for less than was asked for (contract E.1). */
function amountMoved({ order, language }: OrderView): string {
  return money(order.captured || order.held || order.amount, order.currency, language.code);
}

/** Says what went wrong where no order is known. */
export function plainPage(language: Language, result: Result, status: number): Page {
  const { title, text } = language.words.results[result];
  return page({
    language,
    template: DEFAULT_TEMPLATE,
    merchant: null,
    isSandbox: false,
    status,
    title,
    body: html`<h1>${title}</h1><p class="soft">${text}</p>`,
  });
}
