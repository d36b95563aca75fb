/** What becomes of a payment with a test card. */
export type Outcome =
  | 'approved'
  | 'refused'
  | 'authentication_required'
  /** Approved for half of the amount. */
  | 'partially_approved'
  /** Refused with the amount as the code, approved from `CODE_AMOUNT_LIMIT` on. */
  | 'refused_by_amount';

/** A row of the contract's tables of test cards. */
export interface TestCard {
  pan: string;
  /** The use that the contract gives it. */
  use: string;
  /** Of a payment without 3-D Secure, which is all that reaches an acquirer directly. */
  outcome: Outcome;
  /** The only CVV it is validated with; without one the service's rule holds. */
  cvv?: string;
}

/** The test cards of a service type, and the only CVV that it validates any card with. */
export interface TestCards {
  cvv: string | null;
  cards: readonly TestCard[];
}

/** Minor units; from here on a card that is refused by amount is approved (contract E.2). */
export const CODE_AMOUNT_LIMIT = 300_000;

/** Contract E.1. What fails in a step of 3-D Secure is refused without it too. */
const PAYLANDS: TestCards = {
  cvv: '123',
  cards: [
    { pan: '4761739000091011', use: '3DS payment OK', outcome: 'approved' },
    // Also 'MoTo OK', but an instruction does not say whether the order came by mail or phone.
    { pan: '5150796024238164', use: '3DS payment KO', outcome: 'refused' },
    { pan: '5590337536718399', use: 'Non-3DS OK', outcome: 'approved' },
    { pan: '5223798193659108', use: 'Non-3DS + SCA', outcome: 'authentication_required' },
    { pan: '5485009949201879', use: 'Non-3DS KO, MoTo KO', outcome: 'refused' },
    { pan: '4000058400000071', use: 'Partial authorization OK', outcome: 'partially_approved' },
    { pan: '5245172944073155', use: '3DS v1.0 OK', outcome: 'approved' },
    { pan: '4024007196210529', use: '3DS v1.0 KO (MSP)', outcome: 'refused' },
    { pan: '5514214341183643', use: '3DS v1.0 KO (Init3DS)', outcome: 'refused' },
    { pan: '5182246146680010', use: '3DS v1.0 KO (AuthV1)', outcome: 'refused' },
  ],
};

const REDSYS: TestCards = {
  cvv: null,
  cards: [
    { pan: '4548812049400004', use: 'OK', outcome: 'approved' },
    { pan: '4111111111111111', use: 'Direct payment KO', outcome: 'refused' },
  ],
};

const CREDORAX: TestCards = {
  cvv: null,
  cards: [
    { pan: '4018810000100036', use: 'OK', outcome: 'approved', cvv: '123' },
    { pan: '4018810001010010', use: 'OK', outcome: 'approved', cvv: '123' },
    { pan: '4018810000150015', use: 'OK', outcome: 'approved', cvv: '123' },
    { pan: '4018810000190011', use: 'OK', outcome: 'approved', cvv: '123' },
    { pan: '4507670001000009', use: 'Tokenized flow KO', outcome: 'refused' },
  ],
};

const CASHFLOWS: TestCards = {
  cvv: null,
  cards: [
    { pan: '4111111111111111', use: 'OK', outcome: 'approved', cvv: '123' },
    { pan: '4200000000000000', use: 'KO', outcome: 'refused' },
    {
      pan: '5555555500024444',
      use: 'Error code equal to the amount',
      outcome: 'refused_by_amount',
      cvv: '987',
    },
  ],
};

const TEST_CARDS: Partial<Record<string, TestCards>> = {
  PAYLANDS,
  REDSYS,
  CREDORAX,
  CASHFLOWS,
  CLEARHAUS: CASHFLOWS,
};

/** The test cards of a service type (contract E.1, E.2); other types have none. */
export function testCardsOf(serviceType: string): TestCards {
  return TEST_CARDS[serviceType] ?? { cvv: null, cards: [] };
}
