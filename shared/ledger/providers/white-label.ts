import { isoNow, type LedgerContext, type ReadContext } from '#ledger/core/context.ts';
import type { ObjectId } from '#ledger/core/ids.ts';
import { idOfWork } from '#ledger/core/unit-of-work.ts';

/** A location's own brand for a gateway that the platform integrates. */
export interface WhiteLabel {
  id: ObjectId;
  location: string;
  /** Unique in an environment, over all merchants: it is part of an address. */
  uniqueName: string;
  title: string;
  gateway: 'authorize-net' | 'nmi';
  description: string;
  imageUrl: string;
  createdAt: string;
}

export type WhiteLabelDraft = Omit<WhiteLabel, 'id' | 'createdAt'>;

/** @throws LedgerError white_label_name_taken, when it is committed */
export async function createWhiteLabel(
  context: LedgerContext,
  draft: WhiteLabelDraft,
): Promise<WhiteLabel> {
  const { store, merchant, work } = context;
  const own = work.again
    ? (await store.whiteLabels(merchant, draft.location)).find((one) => one.id === idOfWork(work))
    : undefined;
  if (own !== undefined) return own;
  const whiteLabel = { ...draft, id: idOfWork(context.work), createdAt: isoNow(context) };
  const name = { kind: 'white_label', name: draft.uniqueName } as const;
  context.work.stage(
    { change: 'white_label', whiteLabel },
    { change: 'name_claimed', name, holder: whiteLabel.id },
  );
  return whiteLabel;
}

/** The brands of a location, oldest first: as few as gateways it has contracts with. */
export function listWhiteLabels(
  { store, merchant }: ReadContext,
  location: string,
): Promise<WhiteLabel[]> {
  return store.whiteLabels(merchant, location);
}
