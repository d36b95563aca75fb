import { html } from './html.ts';
import { fill } from './language.ts';
import { type Page, page } from './layout.ts';
import {
  amountOf,
  errorLine,
  fieldState,
  firstWrong,
  NO_PROBLEMS,
  type OrderView,
  orderHead,
  type Problems,
} from './view.ts';

/** The page where a buyer types in the telephone number of a Bizum account (contract E.3, G). */
export function bizumPage(view: OrderView, phone: string, problems: Problems = NO_PROBLEMS): Page {
  const { words } = view.language;
  const isWrong = Object.keys(problems.errors).length > 0;
  const focused = firstWrong(['phone'], problems);
  return page({
    ...view,
    status: isWrong ? 422 : 200,
    title: words.bizumTitle,
    body: html`${orderHead(view, words.bizumTitle)}
<p class="soft">${words.bizumText}</p>
<form method="post" novalidate>
<input type="hidden" name="attempt" value="${view.attempt}">
<div class="field"><label for="phone">${words.phone} <span class="hint">${words.phoneHint}</span></label>
<input ${fieldState('phone', problems, focused)} value="${phone}" autocomplete="tel" maxlength="40">
${errorLine('phone', problems)}</div>
<button class="main" name="action" value="pay">${fill(words.pay, { amount: amountOf(view) })}</button>
<button class="plain" name="action" value="cancel">${words.cancel}</button>
</form>`,
  });
}
