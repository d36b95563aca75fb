import type { Card } from '#ledger/cards/card.ts';
import type { CheckoutMethod } from '#ledger/orders/checkout.ts';
import { cardForm } from './card-page.ts';
import { CARD_SCRIPT } from './card-script.ts';
import { html } from './html.ts';
import { fill } from './language.ts';
import { type Page, page } from './layout.ts';
import { NO_PROBLEMS, type OrderView, orderHead, valuesOf } from './view.ts';

/** Names that are the same in every language. */
const NAMES: Record<Exclude<CheckoutMethod, 'PAYMENT_CARD'>, string> = {
  BIZUM: 'Bizum',
  GOOGLEPAY: 'Google Pay',
  APPLEPAY: 'Apple Pay',
};

/** The page with all ways to pay (contract J); the card's form goes where the card page's goes. */
export function checkoutPage(
  view: OrderView,
  savedCards: readonly Card[],
  methods: readonly CheckoutMethod[],
  cardAction: string,
): Page {
  const { words } = view.language;
  const title = fill(words.payTo, valuesOf(view));
  const others = methods.filter((one) => one !== 'PAYMENT_CARD');
  return page({
    ...view,
    title,
    script: CARD_SCRIPT,
    body: html`${orderHead(view, title)}
${
  others.length === 0
    ? null
    : html`<form method="post">
<input type="hidden" name="attempt" value="${view.attempt}">
${others.map(
  (one) =>
    html`<button class="main" name="action" value="${one}">${fill(words.payWith, { method: NAMES[one] })}</button>`,
)}
</form>`
}
${methods.includes('PAYMENT_CARD') ? cardForm(view, savedCards, NO_PROBLEMS, cardAction) : null}`,
  });
}
