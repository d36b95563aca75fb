import FRAME_SCRIPT from '#faces/pages/built/card-frame.ts';
import type { Template } from '#ledger/core/template.ts';
import { type Html, html } from './html.ts';
import type { Language } from './language.ts';
import { type Page, page } from './layout.ts';
import type { Look } from './look.ts';

export interface FrameView {
  language: Language;
  template: Template;
  look: Look;
  /** The customer's token. */
  token: string;
  /** The origin of the page that frames it: nobody else is told anything. */
  origin: string;
  /** Whose pages may frame it. */
  framedBy: readonly string[];
  /** Where the card is sent to. */
  action: string;
}

/** The fields of a card to be kept, inside a page of the shop (contract G). */
export function framePage(view: FrameView): Page {
  const { words } = view.language;
  return page({
    ...view,
    title: words.cardDetails,
    script: FRAME_SCRIPT,
    connects: true,
    shape: 'bare',
    body: html`<h1 class="unseen">${words.cardDetails}</h1>
<form action="${view.action}" data-token="${view.token}" data-origin="${view.origin}" data-number="${words.errors.number}" data-expiry="${words.errors.expiry}" data-expired="${words.errors.expired}" data-cvv="${words.errors.cvv}">
${field('cardPan', words.number, '', 'cc-number', 23)}
<div class="row">
${field('cardExpiryDate', words.expiry, words.expiryHint, 'cc-exp', 9)}
${field('cardCode', words.cvv, words.cvvHint, 'cc-csc', 4)}
</div>
</form>`,
  });
}

function field(
  name: string,
  label: string,
  hint: string,
  autocomplete: string,
  length: number,
): Html {
  return html`<div class="field"><label for="${name}">${label} <span class="hint">${hint}</span></label>
<input id="${name}" inputmode="numeric" autocomplete="${autocomplete}" maxlength="${length}" aria-describedby="${name}-error">
<p class="error" id="${name}-error" aria-live="polite"></p></div>`;
}
