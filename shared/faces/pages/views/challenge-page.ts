import PLAIN_SCRIPT from '#faces/pages/built/plain-page.ts';
import type { Authentication } from '#ledger/payments/payment-conditions.ts';
import { html } from './html.ts';
import { type Page, page } from './layout.ts';
import { fill } from './locale.ts';
import { icon } from './marks.ts';
import { amountOf, facts, type OrderView, valuesOf } from './view.ts';

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
    script: PLAIN_SCRIPT,
    body: html`<div class="bank">${icon('bank')}<div>${words.challengeIssuer}<small>3-D Secure ${version}</small></div><span class="tag">${words.simulated}</span></div>
<div class="issuer"><h1>${words.challengeTitle}</h1>
<p class="soft">${fill(isAsked ? words.challengeText : words.continueText, valuesOf(view))}</p>
${facts([
  [words.merchant, view.merchant],
  [words.amount, amountOf(view)],
  [words.paidWith, fill(words.challengeCard, names)],
])}
<form method="post">
<input type="hidden" name="attempt" value="${view.attempt}">
<button class="main" name="action" value="approve">${isAsked ? words.approve : words.continue}</button>
${isAsked ? html`<button class="other" name="action" value="reject">${words.reject}</button>` : null}
</form>
<p class="soft">${words.challengeNote}</p></div>`,
  });
}
