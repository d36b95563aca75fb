import PHONE_SCRIPT from '#faces/pages/built/phone-page.ts';
import { html } from './html.ts';
import { type Page, page } from './layout.ts';
import { fill } from './locale.ts';
import { sandboxPhones } from './sandbox-banner.ts';
import {
  amountOf,
  besides,
  errorLine,
  fieldState,
  firstWrong,
  NO_PROBLEMS,
  type OrderView,
  orderHead,
  type Problems,
  valuesOf,
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
    script: PHONE_SCRIPT,
    banner: sandboxPhones(view),
    shape: 'two',
    body: besides(
      orderHead(view, fill(words.payTo, valuesOf(view))),
      html`<h2>${words.bizumTitle}</h2>
<p class="soft">${words.bizumText}</p>
<form method="post" data-wrong="${words.errors.phone}"${view.isSandbox ? html` data-sandbox` : null} novalidate>
<input type="hidden" name="attempt" value="${view.attempt}">
<div class="field"><label for="phone">${words.phone} <span class="hint">${words.phoneHint}</span></label>
<input ${fieldState('phone', problems, focused)} type="tel" inputmode="tel" value="${phone}" autocomplete="tel" maxlength="40">
${errorLine('phone', problems)}</div>
<button class="main" name="action" value="pay">${fill(words.pay, { amount: amountOf(view) })}</button>
<button class="plain" name="action" value="cancel">${words.cancel}</button>
</form>`,
    ),
  });
}
