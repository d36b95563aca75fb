import type { Authentication } from '#ledger/payments/payment-conditions.ts';
import { html } from './html.ts';
import { fill } from './language.ts';
import { type Page, page } from './layout.ts';
import { type OrderView, orderHead, valuesOf } from './view.ts';

/**
 * The page of a simulated issuer (contract E.5): it asks the holder, or says that it needs nothing.
 * Leaving it abandons the authentication, which expires with the order.
 */
export function challengePage(view: OrderView, authentication: Authentication): Page {
  const { words } = view.language;
  const card = view.order.cards[authentication.card];
  const isAsked = authentication.flow === 'CHALLENGE';
  const { version } = authentication;
  const names = { brand: card?.brand ?? '', last4: card?.last4 ?? '' };
  return page({
    ...view,
    title: words.challengeTitle,
    body: html`<p class="soft">${fill(words.challengeIssuer, { version })}</p>
${orderHead(view, words.challengeTitle)}
<p>${fill(isAsked ? words.challengeText : words.continueText, valuesOf(view))}</p>
<p class="soft">${fill(words.challengeCard, names)}</p>
<form method="post">
<input type="hidden" name="attempt" value="${view.attempt}">
<button class="main" name="action" value="approve">${isAsked ? words.approve : words.continue}</button>
${isAsked ? html`<button class="other" name="action" value="reject">${words.reject}</button>` : null}
</form>`,
  });
}
