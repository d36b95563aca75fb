import * as z from 'zod/mini';

const text = z.string();
const modeShape = z.looseObject({
  liveMode: z.boolean(),
  apiKey: z.optional(text),
  publishableKey: z.optional(text),
});
const configShape = z.looseObject({ live: modeShape, test: modeShape });

/** Contract appendix A, GetCustomProvidersResponseSchema and its like. */
export const providerAnswer = z.looseObject({
  name: text,
  description: text,
  paymentsUrl: text,
  queryUrl: text,
  imageUrl: text,
  _id: text,
  locationId: text,
  marketplaceAppId: text,
  paymentProvider: configShape,
  providerConfig: configShape,
  deleted: z.boolean(),
  createdAt: text,
  updatedAt: text,
  traceId: text,
});

export const successAnswer = z.looseObject({ success: z.literal(true) });
