import type { CardNumber, CardSnapshot } from '#ledger/cards/card.ts';
import type { Service } from '#ledger/core/merchant.ts';
import type { AuthenticationPlan } from '#ledger/payments/acquirer.ts';
import type { SecurityCode } from '#ledger/payments/payment-conditions.ts';
import { type TestCard, testCardsOf } from './cards.ts';
import { codesOf } from './codes.ts';

/** How 3-D Secure goes with a card: a challenge that can be passed, unless its row says more. */
export function authenticationOf(
  testCard: TestCard | undefined,
  card: CardSnapshot,
  service: Service,
): AuthenticationPlan {
  const { version = '2.2', flow = 'CHALLENGE', fails = false } = testCard?.authentication ?? {};
  return {
    version,
    flow,
    eci: fails ? null : eciOf(card.brand, flow),
    passes: !fails,
    refusal: codesOf(service.type).authenticationFailed,
  };
}

/** The verdict on a security code that came with a card number (contract E.1, E.2). */
export function securityCodeOf(service: Service, { pan, cvv }: CardNumber): SecurityCode {
  return verdictOn(
    cvv,
    testCardsOf(service.type).cards.find((one) => one.pan === pan),
    service,
  );
}

/** The verdict on a security code, given the row of its card. */
export function verdictOn(
  cvv: string | null,
  testCard: TestCard | undefined,
  service: Service,
): SecurityCode {
  const right = testCard?.cvv ?? testCardsOf(service.type).cvv;
  if (cvv === null || right === null) return 'unchecked';
  return cvv === right ? 'right' : 'wrong';
}

/** Mastercard counts 00 to 02, the others 05 to 07; without a challenge it is one step less. */
function eciOf(brand: string, flow: AuthenticationPlan['flow']): string {
  const isFull = flow === 'CHALLENGE';
  if (brand === 'MASTERCARD' || brand === 'MAESTRO') return isFull ? '02' : '01';
  return isFull ? '05' : '06';
}
