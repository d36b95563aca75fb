import * as z from 'zod/mini';
import { deviceId } from './devices.ts';
import { orderFields } from './order-fields.ts';

/** What is sent to a terminal to be paid (contract C.12): its service is the terminal's. */
export const deviceOrder = z.object({
  device: deviceId,
  amount: orderFields.amount,
  description: orderFields.description,
  customer_ext_id: orderFields.customer_ext_id,
  additional: orderFields.additional,
  url_post: orderFields.url_post,
  reference: orderFields.reference,
});
