import * as z from 'zod/mini';
import { ValidationError } from '#faces/highlevel/errors.ts';
import { lookalikeNumber, number, optional, text } from '#faces/highlevel/field-kinds.ts';
import { altType, boolean, locationId, smallObject } from '#faces/highlevel/fields.ts';
import { orderUuid } from '#faces/highlevel/identity.ts';
import { toMinor } from '#faces/highlevel/money.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { withoutCardNumbers, withoutCardNumbersOf } from '#ledger/cards/card-numbers.ts';
import { getOrder } from '#ledger/orders/order-commands.ts';
import { recordPayment } from '#ledger/purchases/purchase-commands.ts';

/**
 * Contract 5.5, recordOrderPayment. Without an amount, what is due is paid. An amount below that is
 * a partial payment, whatever `isPartialPayment` says: the money was taken.
 */
const operation = highLevelOperation({
  name: 'record-order-payment',
  summary: 'Record a payment that was taken offline',
  tag: 'Orders',
  routes: ['POST /payments/orders/{orderId}/record-payment'],
  scopes: ['payments/orders.collectPayment'],
  grants: { ledger: ['read', 'put', 'update'], sends: ['notifications'] },
  path: z.object({ orderId: text(64) }),
  body: z
    .object({
      altId: locationId,
      altType,
      mode: z.enum(['cash', 'card', 'cheque', 'bank_transfer', 'other']),
      card: optional(
        z.object({
          type: z.enum(['visa', 'mastercard', 'other']),
          last4: z.string().check(z.refine((value) => /^\d{4}$/.test(value), 'must be 4 digits')),
        }),
      ),
      cheque: optional(z.object({ number: lookalikeNumber(64) })),
      notes: optional(z.pipe(text(1000), z.transform(withoutCardNumbers))),
      amount: optional(number(z.refine((value) => value > 0, 'must be a positive number'))),
      meta: optional(z.pipe(smallObject, z.transform(withoutCardNumbersOf))),
      isPartialPayment: optional(boolean),
    })
    .check((check) => {
      const { isPartialPayment, amount } = check.value;
      if (isPartialPayment !== true || amount !== undefined) return;
      const message = 'is required when isPartialPayment is true';
      check.issues.push({ code: 'custom', input: check.value, path: ['amount'], message });
    }),
  response: z.looseObject({ success: z.literal(true) }),
  notFound: 404,
  errors: [
    'order_already_paid',
    'order_not_payable',
    'payment_exceeds_due',
    'order_intent_mismatch',
    'order_full',
    'order_not_found',
    'order_busy',
    'reference_already_paid',
  ],
  handle: async ({ path, body, context }) => {
    const order = await getOrder(context, orderUuid(path.orderId));
    const { digits } = order.currency;
    const amount = body.amount === undefined ? null : toMinor(body.amount, digits);
    if (amount === null && body.amount !== undefined) {
      throw new ValidationError([`amount must have at most ${digits} decimal places`]);
    }
    const { card, cheque } = body;
    recordPayment(context, {
      order,
      amount,
      manual: {
        mode: body.mode,
        card: card === undefined ? null : { brand: card.type, last4: card.last4 },
        cheque: cheque?.number ?? null,
        notes: body.notes ?? null,
        details: body.meta ?? null,
      },
    });
    return { success: true };
  },
});

export default operation;
export const { handler } = operation;
