import * as z from 'zod/mini';
import type { WhiteLabel } from '#ledger/providers/white-label.ts';

const text = z.string();

/** Contract appendix A, IntegrationProviderSchema. */
export const whiteLabelShape = z.looseObject({
  _id: text,
  altId: text,
  altType: z.literal('location'),
  title: text,
  route: text,
  provider: z.enum(['authorize-net', 'nmi']),
  description: text,
  imageUrl: text,
  createdAt: text,
  updatedAt: text,
});

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
