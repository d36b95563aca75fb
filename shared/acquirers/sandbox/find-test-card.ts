import type { CardSnapshot } from '#ledger/cards/card.ts';
import type { Service, Tenant } from '#ledger/core/merchant.ts';
import { type TestCard, testCardsOf, WALLET_CARDS } from './cards.ts';
import { type Digest, fingerprintOf } from './describe.ts';

/**
 * The table's row of a card. Only its fingerprint is known, so the number of the row is
 * fingerprinted too, once BIN and last digits agree: at most one digest per call.
 */
export function findTestCard(
  digest: Digest,
  tenant: Tenant,
  service: Service,
  card: CardSnapshot,
): TestCard | undefined {
  const rows: TestCard[] = [...testCardsOf(service.type).cards, ...Object.values(WALLET_CARDS)];
  return rows.find(
    ({ pan }) =>
      pan.startsWith(card.bin) &&
      pan.endsWith(card.last4) &&
      fingerprintOf(digest, tenant, pan) === card.fingerprint,
  );
}
