import CARD_SCRIPT from '#faces/pages/built/card-page.ts';
import type { Card } from '#ledger/cards/card.ts';
import { type Html, html } from './html.ts';
import { type Page, page } from './layout.ts';
import { fill } from './locale.ts';
import { brandMark, brandRow } from './marks.ts';
import { sandboxCards } from './sandbox-banner.ts';
import {
  amountOf,
  besides,
  cardText,
  errorLine,
  fieldState,
  firstWrong,
  NO_PROBLEMS,
  type OrderView,
  orderHead,
  type Problems,
  valuesOf,
} from './view.ts';

/** The page where a buyer types in a card or chooses a saved one (contract G). */
export function cardPage(
  view: OrderView,
  savedCards: readonly Card[],
  problems: Problems = NO_PROBLEMS,
): Page {
  const title = fill(view.language.words.payTo, valuesOf(view));
  return page({
    ...view,
    status: Object.keys(problems.errors).length > 0 ? 422 : 200,
    title,
    script: CARD_SCRIPT,
    banner: sandboxCards(view),
    shape: 'two',
    body: besides(orderHead(view, title), cardForm(view, savedCards, problems)),
  });
}

/** The form of a card, sent to the page that it is on unless another one is named. */
export function cardForm(
  view: OrderView,
  savedCards: readonly Card[],
  problems: Problems,
  action: string | null = null,
): Html {
  const { words } = view.language;
  const hasProblems = Object.keys(problems.errors).length > 0;
  return html`<form method="post"${action === null ? null : html` action="${action}"`} data-card ${messages(view)} novalidate>
<input type="hidden" name="attempt" value="${view.attempt}">
<div role="alert">${hasProblems ? html`<p class="summary">${words.errors.title}</p>` : null}</div>
${choices(view, savedCards, problems)}
<div id="new-card">${newCard(view, problems)}</div>
<button class="main" name="action" value="pay">${fill(words.pay, { amount: amountOf(view) })}</button>
<button class="plain" name="action" value="cancel">${words.cancel}</button>
</form>`;
}

/** What the script says of a field that is wrong. */
function messages({ language }: OrderView): Html {
  const { holder, number, expiry, expired, cvv } = language.words.errors;
  return html`data-holder="${holder}" data-number="${number}" data-expiry="${expiry}" data-expired="${expired}" data-cvv="${cvv}"`;
}

function choices(view: OrderView, cards: readonly Card[], problems: Problems): Html | null {
  if (cards.length === 0) return null;
  const { words } = view.language;
  const chosen = problems.values.card ?? (firstWrong(FIELDS, problems) ? 'new' : cards[0]?.uuid);
  const choice = (
    value: string,
    text: string,
    mark: Html | null = null,
  ) => html`<label class="choice">
<input type="radio" name="card" value="${value}"${value === chosen ? html` checked` : null}>${mark}<span>${text}</span></label>`;
  return html`<fieldset><legend>${words.yourCards}</legend>
${cards.map((card) => choice(card.uuid, cardText(card, view.language), brandMark(card.brand)))}
${choice('new', words.otherCard)}
</fieldset>`;
}

const FIELDS = ['number', 'expiry', 'cvv', 'holder'];

function newCard(view: OrderView, problems: Problems): Html {
  const { words } = view.language;
  const focused = firstWrong(FIELDS, problems);
  const state = (name: string) => fieldState(name, problems, focused);
  return html`${brandRow(words.brands)}
<div class="field"><label for="number">${words.number}</label>
<input ${state('number')} inputmode="numeric" autocomplete="cc-number" maxlength="23">
<span class="unseen" id="brand" aria-live="polite"></span>
${errorLine('number', problems)}</div>
<div class="row">
<div class="field"><label for="expiry">${words.expiry} <span class="hint">${words.expiryHint}</span></label>
<input ${state('expiry')} value="${problems.values.expiry ?? ''}" inputmode="numeric" autocomplete="cc-exp" maxlength="9">
${errorLine('expiry', problems)}</div>
<div class="field"><label for="cvv">${words.cvv} <span class="hint">${words.cvvHint}</span></label>
<input ${state('cvv')} inputmode="numeric" autocomplete="cc-csc" maxlength="4">
${errorLine('cvv', problems)}</div>
</div>
<div class="field"><label for="holder">${words.holder}</label>
<input ${state('holder')} value="${problems.values.holder ?? ''}" autocomplete="cc-name" maxlength="255">
${errorLine('holder', problems)}</div>
${view.order.saveCard === null && view.order.customer !== null ? saveBox(view, problems) : null}`;
}

function saveBox({ language }: OrderView, problems: Problems): Html {
  const checked = (problems.values.save ?? 'on') === 'on' ? html` checked` : null;
  return html`<label class="choice"><input type="checkbox" name="save"${checked}>${language.words.save}</label>`;
}
