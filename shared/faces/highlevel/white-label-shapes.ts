import * as z from 'zod/mini';

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
