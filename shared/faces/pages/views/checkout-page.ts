import CARD_SCRIPT from '#faces/pages/built/card-page.ts';
import type { Card } from '#ledger/cards/card.ts';
import type { CheckoutMethod } from '#ledger/orders/checkout.ts';
import { cardForm } from './card-page.ts';
import { type Html, html } from './html.ts';
import { type Page, page } from './layout.ts';
import { fill } from './locale.ts';
import { walletMark } from './marks.ts';
import { sandboxCards } from './sandbox-banner.ts';
import { besides, NO_PROBLEMS, type OrderView, orderHead, valuesOf } from './view.ts';

type OtherMethod = Exclude<CheckoutMethod, 'PAYMENT_CARD'>;

/** The page with all ways to pay (contract J); the card's form goes where the card page's goes. */
export function checkoutPage(
  view: OrderView,
  savedCards: readonly Card[],
  methods: readonly CheckoutMethod[],
  cardAction: string,
): Page {
  const { words } = view.language;
  const title = fill(words.payTo, valuesOf(view));
  const hasCard = methods.includes('PAYMENT_CARD');
  const others = ORDER.filter((one) => methods.includes(one));
  return page({
    ...view,
    title,
    script: CARD_SCRIPT,
    banner: sandboxCards(view),
    shape: 'two',
    body: besides(
      orderHead(view, title),
      html`${others.length === 0 ? null : otherWays(view, others)}
${others.length > 0 && hasCard ? html`<p class="or">${words.orByCard}</p>` : null}
${hasCard ? cardForm(view, savedCards, NO_PROBLEMS, cardAction) : null}`,
    ),
  });
}

/** What takes one touch comes first. */
const ORDER: readonly OtherMethod[] = ['APPLEPAY', 'GOOGLEPAY', 'BIZUM'];

function otherWays(view: OrderView, methods: readonly OtherMethod[]): Html {
  return html`<form method="post">
<input type="hidden" name="attempt" value="${view.attempt}">
${methods.map((one) => button(view, one))}
</form>`;
}

function button({ language }: OrderView, method: OtherMethod): Html {
  if (method === 'BIZUM') {
    const text = fill(language.words.payWith, { method: 'Bizum' });
    return html`<button class="other" name="action" value="BIZUM">${text}</button>`;
  }
  const name = method === 'APPLEPAY' ? 'Apple Pay' : 'Google Pay';
  const label = fill(language.words.payWith, { method: name });
  return html`<button class="wallet" name="action" value="${method}" aria-label="${label}">${walletMark(method)}<span>Pay</span></button>`;
}
