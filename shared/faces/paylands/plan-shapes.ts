import * as z from 'zod/mini';

const times = { created_at: z.string(), updated_at: z.string() };

/** Contract C.11. */
export const companyShape = z.looseObject({ name: z.string(), external_id: z.string(), ...times });

export const productShape = z.looseObject({
  name: z.string(),
  external_id: z.string(),
  sandbox: z.boolean(),
  notification_url: z.nullable(z.string()),
  ...times,
});

const intervalType = z.enum(['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUAL']);

export const planShape = z.looseObject({
  name: z.string(),
  external_id: z.string(),
  amount: z.int(),
  interval: z.int(),
  interval_type: intervalType,
  trial_available: z.boolean(),
  interval_offset: z.nullable(z.int()),
  interval_offset_type: z.nullable(intervalType),
  ...times,
  product: productShape,
});
