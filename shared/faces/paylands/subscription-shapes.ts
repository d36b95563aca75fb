import * as z from 'zod/mini';
import { planShape } from './plan-shapes.ts';

const status = z.enum(['CREATED', 'ISSUED', 'DENIED', 'FAILED_NOTIFICATION', 'PAID']);

/** Contract C.11: `payment_details` and `additional_data` are JSON texts. */
export const subscriptionPaymentShape = z.looseObject({
  id: z.string(),
  status,
  payment_date: z.string(),
  payment_number: z.int(),
  attempt: z.int(),
  amount: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
  payment_details: z.nullable(z.string()),
});

export const billedSubscriptionShape = z.looseObject({
  id: z.string(),
  active: z.boolean(),
  status,
  total_payment_number: z.int(),
  total_payment_charged: z.int(),
  payment_attempts_limit: z.int(),
  first_charge_date: z.string(),
  next_charge_date: z.nullable(z.string()),
  additional_data: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  plan: planShape,
  payments: z.array(subscriptionPaymentShape),
});
