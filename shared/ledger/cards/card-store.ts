import type { CardUuid, Uuid } from '#ledger/core/ids.ts';
import type { Tenant } from '#ledger/core/merchant.ts';
import type { Card } from './card.ts';

declare module '#ledger/core/store.ts' {
  interface Changes {
    /** Written if its version is still one less than this one's. */
    card: { card: Card };
    card_deleted: { card: Card };
  }

  interface Entities {
    card: { key: CardUuid; value: Card };
  }

  interface LedgerReads {
    /** The cards of a customer, or so many of the newest, oldest first. */
    cardsOf(tenant: Tenant, customer: string, most?: number): Promise<Card[]>;
    /** The newest cards of a customer that pages may offer, newest first. */
    savedCards(tenant: Tenant, customer: string, most: number): Promise<Card[]>;
    /** The customers that cards belong to; cards that do not exist are left out. */
    cardOwners(tenant: Tenant, cards: readonly Uuid[]): Promise<Map<Uuid, string>>;
  }
}
