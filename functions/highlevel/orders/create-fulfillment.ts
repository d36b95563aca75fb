import * as z from 'zod/mini';
import { locationOf } from '#faces/highlevel/access.ts';
import { count, lookalikeNumber, nameText, optional, text } from '#faces/highlevel/field-kinds.ts';
import { altType, boolean, locationId } from '#faces/highlevel/fields.ts';
import { orderUuid } from '#faces/highlevel/identity.ts';
import { highLevelOperation } from '#faces/highlevel/operation.ts';
import { fulfillmentShape } from '#faces/highlevel/shapes.ts';
import { fulfillmentView } from '#faces/highlevel/views.ts';
import { fulfillOrder } from '#ledger/purchases/purchase-commands.ts';

const tracking = z.object({
  trackingNumber: optional(lookalikeNumber(255)),
  shippingCarrier: optional(nameText(255)),
  trackingUrl: optional(text(2048)),
});

/** Contract 5.6, createOrderFulfillment. */
const operation = highLevelOperation({
  name: 'create-order-fulfillment',
  summary: 'Record that items of an order were sent',
  tag: 'Order fulfillments',
  routes: ['POST /payments/orders/{orderId}/fulfillments'],
  scopes: ['payments/orders.write'],
  grants: { ledger: ['read', 'put'] },
  path: z.object({ orderId: text(64) }),
  body: z.object({
    altId: locationId,
    altType,
    trackings: z.array(tracking).check(z.maxLength(10)),
    items: z
      .array(
        z.object({
          priceId: text(64),
          qty: count(1, Number.MAX_SAFE_INTEGER),
        }),
      )
      .check(z.minLength(1), z.maxLength(50)),
    notifyCustomer: boolean,
  }),
  response: z.looseObject({ status: z.literal(true), data: fulfillmentShape }),
  errors: ['order_not_found', 'price_not_in_order', 'fulfillment_exceeds_order', 'order_full'],
  handle: async ({ path, body, caller, context }) => {
    const { order, fulfillment } = await fulfillOrder(context, {
      order: orderUuid(path.orderId),
      trackings: body.trackings.map((one) => ({
        number: one.trackingNumber ?? null,
        carrier: one.shippingCarrier ?? null,
        url: one.trackingUrl ?? null,
      })),
      items: body.items.map(({ priceId, qty }) => ({ price: priceId, quantity: qty })),
      notified: body.notifyCustomer,
    });
    const viewer = { location: locationOf(caller), merchant: context.merchant };
    return { status: true, data: fulfillmentView(fulfillment, order, viewer) };
  },
});

export default operation;
export const { handler } = operation;
