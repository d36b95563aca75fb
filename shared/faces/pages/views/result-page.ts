import { DEFAULT_TEMPLATE } from '#ledger/core/template.ts';
import type { Order } from '#ledger/orders/order.ts';
import { type Html, html } from './html.ts';
import type { Language, Words } from './language.ts';
import { type Page, page } from './layout.ts';
import { dateText, fill, money } from './locale.ts';
import { type Look, PLAIN_LOOK } from './look.ts';
import { type Icon, icon } from './marks.ts';
import { sandboxBanner } from './sandbox-banner.ts';
import { facts, type OrderView, valuesOf } from './view.ts';

export type Result = keyof Words['results'];

/** How often a page that waits for an outcome asks again. */
const REFRESH_SECONDS = 2;

/** Says what became of an order's payment, and leads back to a shop whose address is known. */
export function resultPage(view: OrderView, result: Result): Page {
  const { words } = view.language;
  const { title, text } = words.results[result];
  const values = { ...valuesOf(view), amount: amountMoved(view) };
  const shop = shopOf(view.order);
  const isMoved = result === 'success' || result === 'held';
  return page({
    ...view,
    title,
    ...(result === 'waiting' ? { refreshSeconds: REFRESH_SECONDS } : {}),
    banner: sandboxBanner(view),
    body: html`<div class="result"><div role="status">${sign(result)}<h1>${title}</h1>
${isMoved ? html`<p class="amount">${values.amount}</p>` : null}
<p class="soft">${fill(text, values)}</p></div>
${receipt(view)}
${shop === null ? null : html`<a class="button other" href="${shop}">${words.backToShop}</a>`}</div>`,
  });
}

/** What a buyer may want to note. */
function receipt(view: OrderView): Html {
  const { order, language, timeZone } = view;
  const { words } = language;
  return facts([
    [words.reference, order.reference ?? order.uuid],
    [words.date, dateText(order.updatedAt, timeZone, language, 'medium')],
  ]);
}

const SIGNS: Partial<Record<Result, Icon>> = {
  success: 'done',
  held: 'done',
  waiting: 'waiting',
  expired: 'waiting',
};

function sign(result: Result): Html {
  const name = SIGNS[result] ?? 'failed';
  return html`<div class="sign ${name}">${icon(name)}</div>`;
}

/** The way back: the address for failures, or the front door of the one for successes. */
function shopOf({ failureUrl, successUrl }: Order): string | null {
  return failureUrl ?? (successUrl === null ? null : new URL('/', successUrl).href);
}

/** What was taken or held: an approval may be for less than was asked for (contract E.1). */
function amountMoved({ order, language }: OrderView): string {
  return money(order.captured || order.held || order.amount, order.currency, language.locale);
}

/** Says what went wrong where no order is known. */
export function plainPage(
  language: Language,
  result: Result,
  status: number,
  look: Look = PLAIN_LOOK,
): Page {
  const { title, text } = language.words.results[result];
  return page({
    language,
    look,
    template: DEFAULT_TEMPLATE,
    status,
    title,
    body: html`<div class="result">${sign(result)}<h1>${title}</h1><p class="soft">${text}</p></div>`,
  });
}
