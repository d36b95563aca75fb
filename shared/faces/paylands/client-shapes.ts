import * as z from 'zod/mini';

export const serviceShape = z.looseObject({
  uuid: z.string(),
  name: z.string(),
  type: z.string(),
  enabled: z.boolean(),
});

const walletShape = z.looseObject({ enabled: z.boolean() });

export const resourcesShape = z.looseObject({
  services: z.array(serviceShape),
  checkouts: z.array(z.looseObject({ uuid: z.string() })),
  googlePay: walletShape,
  applePay: walletShape,
});
