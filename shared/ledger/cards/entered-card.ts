import { isoNow, type LedgerContext } from '#ledger/core/context.ts';
import { derivedUuid } from '#ledger/core/ids.ts';
import { findService } from '#ledger/core/services.ts';
import type { Order } from '#ledger/orders/order.ts';
import type { SecurityCode } from '#ledger/payments/payment-conditions.ts';
import { type Card, type CardNumber, type CardSnapshot, snapshotOf } from './card.ts';

/** A card that is typed in to pay one order. */
export interface CardEntry {
  holder: string;
  number: CardNumber;
  expiryMonth: string;
  expiryYear: string;
  additional: string | null;
  /** How it came in; see CardSnapshot. */
  origin: string;
  /** Whether its holder agrees that it is kept for later payments, where the order leaves it open. */
  saved: boolean;
}

/** A card about to pay: what is known of it, and its stored entry if it has one. */
export interface PayingCard {
  snapshot: CardSnapshot;
  card: Card | null;
  securityCode: SecurityCode;
}

/**
 * Replaces a typed-in card by what may be stored: a fingerprint of the number and whether the
 * security code was right. The card is kept for the order's customer, if it has one; `saved` says
 * whether it is offered again (contract C.1.3, `is_saved`).
 */
export function enterCard(context: LedgerContext, order: Order, entry: CardEntry): PayingCard {
  const { number, ...fields } = entry;
  const service = findService(context.merchant, order.service.uuid);
  const securityCode = context.acquirerOf(service).securityCodeOf(service, number);
  const card: Card = {
    ...fields,
    ...context.cardAcquirer().describe(context.merchant, number),
    saved: order.saveCard ?? entry.saved,
    uuid: derivedUuid(context.work.attempt, 0),
    version: 1,
    customer: order.customer ?? '',
    createdAt: isoNow(context),
    validatedAt: null,
    paidAt: null,
    paidWith: null,
    tokenizedWith: null,
  };
  const snapshot = snapshotOf(card);
  if (order.customer === null) return { snapshot, card: null, securityCode };
  context.work.stage({ change: 'card', card });
  return { snapshot, card, securityCode };
}
