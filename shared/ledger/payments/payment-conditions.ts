import type { CardUuid, Uuid } from '#ledger/core/ids.ts';
import type { BankSnapshot } from '#ledger/customers/bank-account.ts';

/** The result of checking a card's security code; the code itself is never kept. */
export type SecurityCode = 'right' | 'wrong' | 'unchecked';

/** The payer's or payee's account when no card is used, such as that of a `BIZUM` payment. */
export interface OtherAccount {
  method: string;
  phone: string | null;
  /** The customer's account that money is sent to. */
  destination?: Uuid;
  /** A snapshot of that account, if it is a bank account. */
  bank?: BankSnapshot;
}

/** The conditions of a movement, which the acquirer's answer depends on. */
export interface PaymentConditions {
  /** `recurring` is what the merchant charges by an agreement, without the payer. */
  channel: 'online' | 'mail' | 'phone' | 'recurring';
  /** Whether the payer was authenticated, by 3-D Secure or by a wallet. */
  authenticated: boolean;
  securityCode: SecurityCode;
  account: OtherAccount | null;
  /** No payer is present to authenticate, as for a row of a batch file. */
  unattended?: true;
  /** The sandbox was asked to refuse it. */
  refused?: true;
  /** What somebody did at a simulated terminal before it had decided by itself. */
  tap?: Tap;
}

/** What a person does at a terminal: pays, pays with a card that is refused, or takes it away. */
export type Tap = 'accept' | 'refuse' | 'remove';

/** A payer's authentication (3-D Secure) for the payment of an order. */
export interface Authentication {
  card: CardUuid;
  securityCode: SecurityCode;
  version: string;
  flow: 'CHALLENGE' | 'FRICTIONLESS';
  /** As 3-D Secure's transStatus: `C` until the payer has answered, then yes, attempted or no. */
  status: 'C' | 'Y' | 'A' | 'N';
  /** Electronic commerce indicator: how well the payer was authenticated. */
  eci: string | null;
  /** Whether the issuer asked for it after a payment without it. */
  requested: boolean;
  /** Whether the issuer will vouch for a payer who agrees. */
  passes: boolean;
  /** The refusal of a payment whose payer was not authenticated. */
  refusal: { code: string; description: string };
}

/** Whether a payer is there who can be asked to authenticate. */
export function isAttended({ channel, unattended }: PaymentConditions): boolean {
  return channel !== 'recurring' && unattended !== true;
}

/** The conditions of a movement that has nothing special. */
export const PLAIN_CONDITIONS: PaymentConditions = {
  channel: 'online',
  authenticated: false,
  securityCode: 'unchecked',
  account: null,
};
