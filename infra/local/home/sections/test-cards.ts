import {
  type Outcome,
  type TestCard,
  type TestCards,
  testCardsOf,
} from '#acquirers/sandbox/cards.ts';
import { type Html, html } from '#faces/pages/views/html.ts';

const OUTCOMES: Record<Outcome, string> = {
  approved: 'approved',
  refused: 'refused',
  authentication_required: 'asks for 3-D Secure',
  partially_approved: 'approved for half',
  refused_by_amount: 'refused with the amount as the code, approved from 3000.00 on',
};

/** The cards that the sandbox's acquirer knows, by the services that they are for. */
export function testCardsSection(
  serviceTypes: readonly string[],
  unknownCard: 'approve' | 'refuse',
): Html {
  const known = serviceTypes.filter((type) => testCardsOf(type).cards.length > 0);
  const byTable = Map.groupBy(known, testCardsOf);
  return html`<section class="card" aria-labelledby="cards"><h2 id="cards">Test cards</h2>
<p class="soft">Any expiry to come; what is written here is what becomes of a payment. Every other valid number is ${unknownCard === 'approve' ? 'approved' : 'refused'}.</p>
<div class="tables">${[...byTable].map(([cards, types]) => tableView(types, cards))}</div></section>`;
}

function tableView(types: readonly string[], { cvv, cards }: TestCards): Html {
  return html`<table><caption>${types.join(', ')}</caption>
<thead><tr><th scope="col">Number</th><th scope="col">Outcome</th><th scope="col">CVV</th></tr></thead>
<tbody>${cards.map((card) => cardView(card, cvv))}</tbody></table>`;
}

function cardView(card: TestCard, cvv: string | null): Html {
  const { pan } = card;
  const grouped = pan.replace(/(.{4})(?=.)/g, '$1 ');
  return html`<tr><td><button type="button" class="number" data-copy="${pan}"><code>${grouped}</code><span class="unseen"> copy</span></button></td>
<td>${outcomeOf(card)}</td><td>${card.cvv ?? cvv ?? 'any'}</td></tr>`;
}

function outcomeOf({ outcome, authenticated, moto, authentication }: TestCard): string {
  const parts = [
    OUTCOMES[outcome],
    moto === undefined ? null : `${OUTCOMES[moto]} by mail or telephone`,
    authenticated === undefined ? null : `${OUTCOMES[authenticated]} after 3-D Secure`,
    authentication?.fails === true ? 'fails at 3-D Secure' : null,
    authentication?.flow === 'FRICTIONLESS' && authentication.fails !== true
      ? 'no challenge'
      : null,
  ];
  return parts.filter((part) => part !== null).join('; ');
}
