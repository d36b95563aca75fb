import { REFUSED_PHONE } from '#faces/pages/rules/phone.ts';
import { type Html, html } from './html.ts';
import type { OrderView, TestCardView } from './view.ts';

const PAID_PHONE = '700000000';

/** Says that no money is moved, and nothing in live. */
export function sandboxBanner(view: OrderView, tests: Html | null = null): Html | null {
  if (!view.isSandbox) return null;
  return html`<div class="sandbox"><b>${view.language.words.sandbox}</b>${tests}</div>`;
}

/** The same with cards to try: a click fills one in, and who has no scripts types it in. */
export function sandboxCards(view: OrderView): Html | null {
  const { words } = view.language;
  const one = ({
    pan,
    cvv,
    use,
  }: TestCardView) => html`<li><button type="button" data-pan="${pan}" data-code="${cvv}">
<span>${pan.replace(/(.{4})(?=.)/g, '$1 ')}</span> ${words.testUses[use]}</button></li>`;
  const list = html`<details><summary>${words.testCards}</summary>
<ul class="tests">${view.testCards.map(one)}</ul></details>`;
  return sandboxBanner(view, view.testCards.length === 0 ? null : list);
}

/** The same with telephones to try. */
export function sandboxPhones(view: OrderView): Html | null {
  const { words } = view.language;
  const one = (phone: string, use: string) => html`<li><button type="button" data-phone="${phone}">
<span>${phone}</span> ${use}</button></li>`;
  const { approved, refused } = words.testUses;
  return sandboxBanner(
    view,
    html`<details><summary>${words.testPhones}</summary>
<ul class="tests">${one(PAID_PHONE, approved)}${one(REFUSED_PHONE, refused)}</ul></details>`,
  );
}
