import type { WhiteLabel } from '#ledger/providers/white-label.ts';

/** Contract 5.1: the unique name is never echoed but as the route that is made of it. */
export function whiteLabelView(whiteLabel: WhiteLabel): Record<string, unknown> {
  return {
    _id: whiteLabel.id,
    altId: whiteLabel.location,
    altType: 'location',
    title: whiteLabel.title,
    route: whiteLabel.uniqueName,
    provider: whiteLabel.gateway,
    description: whiteLabel.description,
    imageUrl: whiteLabel.imageUrl,
    createdAt: whiteLabel.createdAt,
    // Nothing changes one.
    updatedAt: whiteLabel.createdAt,
  };
}
