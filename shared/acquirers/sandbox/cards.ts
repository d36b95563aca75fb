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
  /** Of a payment without 3-D Secure, over the internet. */
  outcome: Outcome;
  /** Of one after 3-D Secure, where it is another: who has authenticated is not asked to again. */
  authenticated?: Outcome;
  /** Of one by mail or telephone, where it is another. */
  moto?: Outcome;
  /** How 3-D Secure goes, where it is not a challenge of version 2.2 that can be passed. */
  authentication?: { version?: string; flow?: 'FRICTIONLESS'; fails?: true };
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

const FRICTIONLESS = { flow: 'FRICTIONLESS' } as const;

/** Contract E.1. What fails in a step of 3-D Secure is refused without it too. */
const PAYLANDS: TestCards = {
  cvv: '123',
  cards: [
    { pan: '4761739000091011', use: '3DS payment OK', outcome: 'approved' },
    {
      pan: '5150796024238164',
      use: '3DS payment KO, MoTo OK',
      outcome: 'refused',
      moto: 'approved',
    },
    {
      pan: '5590337536718399',
      use: 'Non-3DS OK',
      outcome: 'approved',
      authentication: FRICTIONLESS,
    },
    { pan: '5223798193659108', use: 'Non-3DS + SCA', outcome: 'authentication_required' },
    {
      pan: '5485009949201879',
      use: 'Non-3DS KO, MoTo KO',
      outcome: 'refused',
      authentication: FRICTIONLESS,
    },
    { pan: '4000058400000071', use: 'Partial authorization OK', outcome: 'partially_approved' },
    {
      pan: '5245172944073155',
      use: '3DS v1.0 OK',
      outcome: 'approved',
      authentication: { version: '1.0.2' },
    },
    ...['4024007196210529', '5514214341183643'].map((pan) => ({
      pan,
      use: '3DS v1.0 KO (MSP, Init3DS)',
      outcome: 'refused' as const,
      authentication: { version: '1.0.2', ...FRICTIONLESS, fails: true as const },
    })),
    {
      pan: '5182246146680010',
      use: '3DS v1.0 KO (AuthV1)',
      outcome: 'refused',
      authentication: { version: '1.0.2', fails: true },
    },
  ],
};

const REDSYS: TestCards = {
  cvv: null,
  cards: [
    { pan: '4548812049400004', use: 'OK', outcome: 'approved' },
    {
      pan: '4111111111111111',
      use: 'Direct payment KO',
      outcome: 'refused',
      authentication: FRICTIONLESS,
    },
  ],
};

const CREDORAX: TestCards = {
  cvv: null,
  cards: [
    { pan: '4018810000100036', use: 'OK', outcome: 'approved', cvv: '123' },
    { pan: '4018810001010010', use: 'OK', outcome: 'approved', cvv: '123' },
    { pan: '4018810000150015', use: 'OK', outcome: 'approved', cvv: '123' },
    { pan: '4018810000190011', use: 'OK', outcome: 'approved', cvv: '123' },
    {
      pan: '4507670001000009',
      use: 'Tokenized flow KO',
      outcome: 'refused',
      authentication: { fails: true },
    },
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

/** The cards that the sandbox's wallets hold, with services of every type (docs/sandbox.md). */
export const WALLET_CARDS = {
  OK: { pan: '4895370012001001', use: 'Wallet OK', outcome: 'approved' },
  REFUSED: { pan: '4895370012002009', use: 'Wallet KO', outcome: 'refused' },
  SCA: { pan: '4895370012003007', use: 'Wallet + SCA', outcome: 'authentication_required' },
} as const satisfies Record<string, TestCard>;

/** The test cards of a service type (contract E.1, E.2); other types have none. */
export function testCardsOf(serviceType: string): TestCards {
  return TEST_CARDS[serviceType] ?? { cvv: null, cards: [] };
}
