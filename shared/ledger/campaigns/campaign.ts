import type { ServiceUuid, Uuid } from '#ledger/core/ids.ts';
import { derivedUuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';

/** How the links of a campaign are sent; those of `custom` are delivered by the merchant. */
export type CampaignChannel = 'mail' | 'phone' | 'custom';

/** The state of a payment's link; a campaign has the worst of its payments' states. */
export type LinkState = 'pending' | 'completed' | 'error_creating' | 'error_sending';

/** Payment links that are sent to many people (contract C.9). Times are ISO 8601 UTC. */
export interface Campaign {
  uuid: Uuid;
  /** Counts the writes; a write on an older version is refused. */
  version: number;
  /** The campaign's number among the merchant's, from 1. */
  number: number;
  description: string;
  service: ServiceUuid;
  channel: CampaignChannel;
  /** The subject of mails, or the sender's name of text messages. */
  subject: string | null;
  filename: string | null;
  state: LinkState;
  error: string | null;
  createdAt: string;
  /** When its links can no longer be paid. */
  expiresAt: string;
  /** The lines of its payments in the file, in their order. */
  lines: number[];
  /** Where links lead: `https://…/v1/sandbox`. */
  baseUrl: string;
}

/** A payment of a campaign; its order is created when its link is sent. */
export interface CampaignPayment {
  uuid: Uuid;
  version: number;
  /** The payment's number among the merchant's campaign payments, from 1. */
  number: number;
  campaign: Uuid;
  line: number;
  /** Minor units. */
  amount: number;
  intent: 'sale' | 'hold';
  secure: boolean;
  /** A mail address or a telephone number; anything for a `custom` campaign. */
  destination: string;
  customer: string | null;
  sourceCard: Uuid | null;
  additional: string | null;
  notifyUrl: string | null;
  successUrl: string | null;
  failureUrl: string | null;
  cardTemplate: string | null;
  messageTemplate: string | null;
  dccTemplate: string | null;
  state: LinkState;
  error: string | null;
  createdAt: string;
  attempts: number;
  /**
   * In real time: until when its claim keeps others from sending it, or when a failed sending is
   * tried again.
   */
  claimedUntil: string | null;
  sentAt: string | null;
  /** Seconds since 1970, after which it is deleted. */
  keptUntil: number;
}

/** What a merchant says of a payment of a campaign. */
export type PaymentDraft = Pick<
  CampaignPayment,
  | 'line'
  | 'amount'
  | 'intent'
  | 'secure'
  | 'destination'
  | 'customer'
  | 'sourceCard'
  | 'additional'
  | 'notifyUrl'
  | 'successUrl'
  | 'failureUrl'
  | 'cardTemplate'
  | 'messageTemplate'
  | 'dccTemplate'
>;

/** How many campaigns and payments a merchant has made. */
export interface CampaignNumbers {
  version: number;
  campaigns: number;
  payments: number;
}

/** Names the payments whose links are to be sent next, in the queue `moto-links`. */
export interface LinksRef extends Tenant {
  campaign: Uuid;
  /** The position of the first of them. */
  from: number;
}

/** One answer holds all payments of a campaign with their orders, which bounds their number. */
export const MAX_PAYMENTS = 1000;

/** How many links are sent per queue message. */
export const LINKS_PER_MESSAGE = 25;

/** The UUID of a payment, derived from its line, so that payments are found without a list. */
export function paymentUuid(campaign: Uuid, line: number): Uuid {
  return derivedUuid(campaign, line);
}

/** The UUID of a payment's order, derived from the payment's, so that it is created once. */
export function orderOfPayment(payment: Uuid): Uuid {
  return derivedUuid(payment, 0);
}

/** How long a claim keeps others from sending a link. */
const CLAIM_MS = 3 * 60_000;

/** Delays before the second and the third attempt to send a link. */
const RETRY_MS = [60_000, 600_000];

/** Whether a payment's link is to be sent now. */
export function isToBeSent(payment: CampaignPayment, realNowMs: number): boolean {
  const { state, claimedUntil } = payment;
  return state === 'pending' && (claimedUntil === null || Date.parse(claimedUntil) <= realNowMs);
}

/** A payment whose link is claimed for sending. */
export function claimed(payment: CampaignPayment, realNowMs: number): CampaignPayment {
  return {
    ...payment,
    version: payment.version + 1,
    attempts: payment.attempts + 1,
    claimedUntil: new Date(realNowMs + CLAIM_MS).toISOString(),
  };
}

/** A payment whose link was sent, or is ready for the merchant to deliver. */
export function delivered(payment: CampaignPayment, sentAt: string | null): CampaignPayment {
  const version = payment.version + 1;
  return { ...payment, version, state: 'completed', sentAt, claimedUntil: null, error: null };
}

/** A payment whose order could not be made. */
export function notCreated(payment: CampaignPayment, error: string): CampaignPayment {
  const version = payment.version + 1;
  return { ...payment, version, state: 'error_creating', error, claimedUntil: null };
}

/** A payment whose link could not be sent, with the time of the next try, if there is one. */
export function notSent(payment: CampaignPayment, realNowMs: number): CampaignPayment {
  const delay = RETRY_MS[payment.attempts - 1];
  const version = payment.version + 1;
  const error = 'The link could not be sent';
  if (delay === undefined) {
    return { ...payment, version, state: 'error_sending', error, claimedUntil: null };
  }
  return { ...payment, version, error, claimedUntil: new Date(realNowMs + delay).toISOString() };
}

/** The campaign in its final state, or unchanged while a payment is pending. */
export function concluded(campaign: Campaign, payments: readonly CampaignPayment[]): Campaign {
  const count = (state: LinkState) => payments.filter((one) => one.state === state).length;
  if (count('pending') > 0) return campaign;
  const problems = [
    ...problemOf(count('error_creating'), 'created'),
    ...problemOf(count('error_sending'), 'sent'),
  ];
  const failed = count('error_creating') > 0 ? 'error_creating' : 'error_sending';
  return {
    ...campaign,
    state: problems.length === 0 ? 'completed' : failed,
    error: problems.length === 0 ? null : problems.join(', '),
  };
}

function problemOf(count: number, done: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? 'link' : 'links'} could not be ${done}`];
}
