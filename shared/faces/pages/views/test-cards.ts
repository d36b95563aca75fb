import { type TestCard, testCardsOf } from '#acquirers/sandbox/cards.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { TestCardView } from './view.ts';

/** Taken where no row says otherwise. */
const CVV = '123';

/** The cards of the contract that an order's service knows, one for each thing that can happen. */
export function testCardsFor({ service, secure }: Order): TestCardView[] {
  const { cards, cvv } = testCardsOf(service.type);
  const views = cards.map((card) => ({
    pan: card.pan,
    cvv: card.cvv ?? cvv ?? CVV,
    use: useOf(card, secure),
  }));
  return [...Map.groupBy(views, ({ use }) => use).values()].flatMap(([first]) => first ?? []);
}

function useOf(card: TestCard, secure: boolean): TestCardView['use'] {
  if (!secure) return card.outcome;
  const { flow, fails = false } = card.authentication ?? {};
  const isPaid = card.outcome !== 'refused' && !fails;
  if (!isPaid) return 'refused';
  if (flow !== 'FRICTIONLESS') return 'confirmed';
  return card.authenticated ?? card.outcome;
}
